// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.number;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Unscaled DECIMALs as longs and as 128-bit pairs: powers of ten, limits and rescaling, HALF_UP (half away from zero). */
public final class Decimals {
    private static final long[] POWERS = new long[19];
    private static final BigInteger[] BIG_POWERS = new BigInteger[77];
    private static final long[] HIGH_POWERS = new long[39];
    private static final long[] LOW_POWERS = new long[39];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
        for (int i = 0; i < BIG_POWERS.length; i++) {
            BIG_POWERS[i] = BigInteger.TEN.pow(i);
        }
        for (int i = 0; i < HIGH_POWERS.length; i++) {
            HIGH_POWERS[i] = BIG_POWERS[i].shiftRight(64).longValue();
            LOW_POWERS[i] = BIG_POWERS[i].longValue();
        }
    }

    private Decimals() {}

    /** 10<sup>exponent</sup>, for exponents from 0 to 18. */
    public static long power(int exponent) {
        return POWERS[exponent];
    }

    /** 10<sup>exponent</sup>, for exponents from 0 to 76. */
    public static BigInteger bigPower(int exponent) {
        return BIG_POWERS[exponent];
    }

    /** Whether the value has at most {@code precision} digits. */
    public static boolean fits(BigInteger unscaled, int precision) {
        return unscaled.abs().compareTo(BIG_POWERS[precision]) < 0;
    }

    /** Whether the value has at most {@code precision} digits. */
    public static boolean fits(long unscaled, int precision) {
        return precision > 18 || (unscaled < POWERS[precision] && unscaled > -POWERS[precision]);
    }

    /** Whether the 128-bit value has at most {@code precision} digits. */
    public static boolean fits(long high, long low, int precision) {
        if (high == low >> 63) {
            return fits(low, precision);
        }
        if (precision < 19) {
            return false;
        }
        boolean negative = high < 0;
        long absLow = negative ? -low : low;
        long absHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
        int order = Long.compareUnsigned(absHigh, HIGH_POWERS[precision]);
        return order < 0 || (order == 0 && Long.compareUnsigned(absLow, LOW_POWERS[precision]) < 0);
    }

    /** {@code value / divisor}, rounded half away from zero; the divisor is positive and below 2<sup>62</sup>. */
    public static long divideHalfUp(long value, long divisor) {
        long quotient = value / divisor;
        long rest = value - quotient * divisor;
        if (rest >= 0) {
            return rest >= divisor - rest ? quotient + 1 : quotient;
        }
        return -rest >= divisor + rest ? quotient - 1 : quotient;
    }

    /** {@code value / divisor}, rounded half away from zero. */
    public static BigInteger divideHalfUp(BigInteger value, BigInteger divisor) {
        return new BigDecimal(value)
                .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_UP)
                .unscaledValue();
    }

    /** The unscaled value at scale {@code to} of an unscaled value at scale {@code from}. */
    public static BigInteger rescale(BigInteger unscaled, int from, int to) {
        return to >= from ? unscaled.multiply(bigPower(to - from)) : divideHalfUp(unscaled, bigPower(from - to));
    }

    /** The text of a DECIMAL: all digits of the scale, no exponent. */
    public static String text(BigInteger unscaled, int scale) {
        return new BigDecimal(unscaled, scale).toPlainString();
    }

    /** The value as a DOUBLE, correctly rounded. */
    public static double toDouble(long unscaled, int scale) {
        boolean exact = unscaled > -(1L << 53) && unscaled < 1L << 53;
        return exact && scale <= 18
                ? unscaled / (double) POWERS[scale]
                : BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    /** The scale of a numeric type: that of a DECIMAL, 0 for integers. */
    public static int scale(DataType type) {
        return type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    }

    /** The number of decimal digits that an exact type can hold. */
    public static int precision(DataType type) {
        int digits = type instanceof DataType.Decimal decimal
                ? decimal.precision()
                : type.kind().integerDigits();
        if (digits == 0) {
            throw new IllegalStateException("not an exact number: " + type);
        }
        return digits;
    }
}
