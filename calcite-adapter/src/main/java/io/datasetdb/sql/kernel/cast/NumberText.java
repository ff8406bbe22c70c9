// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.vector.BytesVector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers and truth values read from text. */
final class NumberText {
    /** Exponents beyond this are out of range of every type but would make huge numbers on the way. */
    private static final int MOST_EXPONENT = 4000;

    private NumberText() {}

    /** A whole number; a decimal is rounded half away from zero. */
    static long whole(BytesVector source, int position) {
        byte[] data = source.data();
        int from = source.offsets()[position];
        int to = source.offsets()[position + 1];
        boolean negative = from < to && data[from] == '-';
        int start = negative ? from + 1 : from;
        if (to - start < 1 || to - start > 18) {
            return slowWhole(source, position);
        }
        long value = 0;
        for (int i = start; i < to; i++) {
            int digit = data[i] - '0';
            if (digit < 0 || digit > 9) {
                return slowWhole(source, position);
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private static long slowWhole(BytesVector source, int position) {
        try {
            return decimal(Loops.text(source, position))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw Unconvertible.outOfRange();
        }
    }

    static BigDecimal decimal(String text) {
        if (!isNumber(text)) {
            throw Unconvertible.malformed();
        }
        BigDecimal value = parsed(text);
        if (Math.abs((long) value.scale()) > MOST_EXPONENT) {
            if (value.signum() == 0 || value.scale() > 0) {
                return BigDecimal.ZERO;
            }
            throw Unconvertible.outOfRange();
        }
        return value;
    }

    private static BigDecimal parsed(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Unconvertible.malformed();
        }
    }

    static double floating(String text) {
        if (isNumber(text)) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw Unconvertible.malformed();
            }
        }
        String word = text.toLowerCase(Locale.ROOT);
        boolean negative = word.startsWith("-");
        return switch (negative || word.startsWith("+") ? word.substring(1) : word) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            default -> throw Unconvertible.malformed();
        };
    }

    static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw Unconvertible.malformed();
        };
    }

    /** Digits, signs, one point and exponents only: none of the words, suffixes and hexadecimals that Java reads. */
    private static boolean isNumber(String text) {
        boolean digits = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if (c != '.' && c != '-' && c != '+' && !(digits && (c == 'e' || c == 'E'))) {
                return false;
            }
        }
        return digits;
    }
}
