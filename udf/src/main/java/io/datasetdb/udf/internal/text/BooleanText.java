// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import java.nio.charset.StandardCharsets;

/** The words for truth. */
final class BooleanText {
    static final int NEITHER = -1;

    private static final byte[][] FALSE = words("false", "f", "no");
    private static final byte[][] TRUE = words("true", "t", "yes");

    private BooleanText() {}

    private static byte[][] words(String... words) {
        byte[][] result = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            result[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return result;
    }

    /** 1, 0 or {@link #NEITHER}. */
    static int parse(byte[] data, int from, int to) {
        return matches(TRUE, data, from, to) ? 1 : matches(FALSE, data, from, to) ? 0 : NEITHER;
    }

    /** As {@link #parse}, where {@code 1}, {@code 0}, {@code y} and {@code n} are truth values too, as in a cast. */
    static int parseCast(byte[] data, int from, int to) {
        if (to - from == 1) {
            switch (data[from]) {
                case '1', 'y', 'Y' -> {
                    return 1;
                }
                case '0', 'n', 'N' -> {
                    return 0;
                }
                default -> {}
            }
        }
        return parse(data, from, to);
    }

    private static boolean matches(byte[][] words, byte[] data, int from, int to) {
        for (byte[] word : words) {
            if (word.length == to - from && equalsIgnoreCase(word, data, from)) {
                return true;
            }
        }
        return false;
    }

    /** @param lower letters in lower case */
    static boolean equalsIgnoreCase(byte[] lower, byte[] data, int from) {
        for (int i = 0; i < lower.length; i++) {
            if ((data[from + i] | 0x20) != lower[i]) {
                return false;
            }
        }
        return true;
    }
}
