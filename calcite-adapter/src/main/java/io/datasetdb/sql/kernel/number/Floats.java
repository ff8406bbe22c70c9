// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.number;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * DOUBLE and REAL as text: the shortest decimal that reads back as the same number, with at least one digit after the point.
 * Plain ({@code 1500.0}, {@code 0.00001}) from 10<sup>-5</sup> up to 10<sup>16</sup>, else with an exponent as Java
 * writes it ({@code 1.0E30}); {@code NaN}, {@code Infinity}, {@code -Infinity}.
 */
public final class Floats {
    /** {@link Double#toString} gives the shortest decimal from JDK 19 on. */
    private static final boolean SHORTEST = Runtime.version().feature() >= 19;

    private Floats() {}

    public static String text(double value) {
        String text = Double.toString(value);
        if (!SHORTEST && text.length() > 15 && Math.abs(value) < Double.POSITIVE_INFINITY) {
            text = shorter(text, new BigDecimal(value), value);
        }
        return plain(text, Math.abs(value));
    }

    public static String text(float value) {
        String text = Float.toString(value);
        if (!SHORTEST && text.length() > 7 && Math.abs(value) < Float.POSITIVE_INFINITY) {
            BigDecimal exact = new BigDecimal(value);
            for (int digits = 6; digits < 9; digits++) {
                BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
                if (Float.compare(rounded.floatValue(), value) == 0) {
                    text = java(rounded);
                    break;
                }
            }
        }
        return plain(text, Math.abs(value));
    }

    private static String shorter(String text, BigDecimal exact, double value) {
        for (int digits = 15; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (Double.compare(rounded.doubleValue(), value) == 0) {
                return java(rounded);
            }
        }
        return text;
    }

    /** In the form of {@link Double#toString}. */
    private static String java(BigDecimal number) {
        BigDecimal value = number.stripTrailingZeros();
        int exponent = value.precision() - value.scale() - 1;
        if (exponent >= -3 && exponent < 7) {
            return value.scale() <= 0 ? value.toPlainString() + ".0" : value.toPlainString();
        }
        String digits = value.unscaledValue().abs().toString();
        return (value.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + "."
                + (digits.length() == 1 ? "0" : digits.substring(1))
                + "E"
                + exponent;
    }

    private static String plain(String text, double magnitude) {
        if (text.indexOf('E') < 0 || magnitude < 1e-5 || magnitude >= 1e16) {
            return text;
        }
        String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
