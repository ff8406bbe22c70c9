// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import java.nio.charset.StandardCharsets;

/** Reads numbers from ASCII bytes; the last one read is kept in a field, so that nothing is boxed. */
final class NumberParser {
    /** Which texts are numbers. */
    enum Grammar {
        /** No plus sign, no leading zeros. */
        STRICT,
        /** What a cast takes. */
        CAST
    }

    /** Powers of ten that a double holds exactly. */
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long LARGEST_EXACT = 1L << 53;
    private static final byte[] NAN = "nan".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INF = "inf".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFINITY = "infinity".getBytes(StandardCharsets.US_ASCII);

    private final boolean strict;
    private long longValue;
    private double doubleValue;
    private int scale;

    NumberParser(Grammar grammar) {
        this.strict = grammar == Grammar.STRICT;
    }

    /** The integer, or unscaled decimal, that was read last. */
    long longValue() {
        return longValue;
    }

    double doubleValue() {
        return doubleValue;
    }

    /** Digits after the point of the decimal that was read last. */
    int scale() {
        return scale;
    }

    boolean parseLong(byte[] data, int from, int to) {
        int i = afterSign(data, from, to);
        if (i < 0 || i == to || strict && data[i] == '0' && to - i > 1) {
            return false;
        }
        while (to - i > 1 && data[i] == '0') {
            i++;
        }
        int digits = to - i;
        if (digits > 19) {
            return false;
        }
        long value = 0;
        for (; i < to; i++) {
            int digit = data[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        boolean negative = data[from] == '-';
        if (digits == 19 && value < 0 && !(negative && value == Long.MIN_VALUE)) {
            return false;
        }
        longValue = negative ? -value : value;
        return true;
    }

    /** Reads {@code [-]digits[.digits]} of at most 18 digits into {@link #longValue} and {@link #scale}. */
    boolean parseDecimal(byte[] data, int from, int to) {
        int i = afterSign(data, from, to);
        if (i < 0) {
            return false;
        }
        long value = 0;
        int digits = 0;
        int point = -1;
        for (; i < to; i++) {
            int digit = data[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits += value == 0 ? 0 : 1;
            } else if (data[i] == '.' && point < 0) {
                point = i;
            } else {
                return false;
            }
            if (digits > 18) {
                return false;
            }
        }
        int length = to - from - (data[from] == '-' || data[from] == '+' ? 1 : 0);
        if (length == 0 || length == 1 && point >= 0) {
            return false;
        }
        longValue = data[from] == '-' ? -value : value;
        scale = point < 0 ? 0 : to - point - 1;
        return true;
    }

    /** Exact: few digits and a small exponent are one multiplication or division (Clinger 1990), else the platform's. */
    boolean parseDouble(byte[] data, int from, int to) {
        int start = afterSign(data, from, to);
        long mantissa = 0;
        int exponent = 0;
        int digits = 0;
        int i = start;
        if (start < 0 || start == to) {
            return false;
        }
        for (; i < to && isDigit(data[i]); i++) {
            mantissa = digits < 18 ? mantissa * 10 + (data[i] - '0') : mantissa;
            digits++;
        }
        int whole = digits;
        if (strict && whole > 1 && data[start] == '0') {
            return false;
        }
        if (i < to && data[i] == '.') {
            for (i++; i < to && isDigit(data[i]); i++) {
                mantissa = digits < 18 ? mantissa * 10 + (data[i] - '0') : mantissa;
                digits++;
            }
            exponent = whole - digits;
        }
        if (digits == 0) {
            return parseNamed(data, from, start, to);
        }
        if (i < to && (data[i] == 'e' || data[i] == 'E')) {
            int end = exponentEnd(data, i + 1, to);
            if (end < 0) {
                return false;
            }
            exponent += end - i > 6 ? Integer.MAX_VALUE / 2 : Integer.parseInt(ascii(data, i + 1, end));
            i = end;
        }
        if (i < to) {
            return false;
        }
        boolean exact = digits <= 18 && mantissa <= LARGEST_EXACT && exponent >= -22 && exponent <= 22;
        doubleValue = exact ? scaled(data[from] == '-', mantissa, exponent) : Double.parseDouble(ascii(data, from, to));
        return true;
    }

    private static double scaled(boolean negative, long mantissa, int exponent) {
        double value = exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
        return negative ? -value : value;
    }

    private boolean parseNamed(byte[] data, int from, int start, int to) {
        int length = to - start;
        boolean negative = data[from] == '-';
        if (length == 3 && BooleanText.equalsIgnoreCase(NAN, data, start)) {
            doubleValue = Double.NaN;
            return true;
        }
        if (length == 3 && BooleanText.equalsIgnoreCase(INF, data, start)
                || length == 8 && BooleanText.equalsIgnoreCase(INFINITY, data, start)) {
            doubleValue = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        return false;
    }

    private int afterSign(byte[] data, int from, int to) {
        if (from == to) {
            return -1;
        }
        if (data[from] == '-') {
            return from + 1;
        }
        if (data[from] == '+') {
            return strict ? -1 : from + 1;
        }
        return from;
    }

    private static int exponentEnd(byte[] data, int from, int to) {
        int i = from < to && (data[from] == '-' || data[from] == '+') ? from + 1 : from;
        int first = i;
        while (i < to && isDigit(data[i])) {
            i++;
        }
        return i == first ? -1 : i;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static String ascii(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.US_ASCII);
    }
}
