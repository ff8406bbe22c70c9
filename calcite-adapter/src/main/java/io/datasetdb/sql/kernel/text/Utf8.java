// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

/** Code points in UTF-8 bytes. Malformed input is not detected: each byte that starts no character belongs to the one before. */
public final class Utf8 {
    private Utf8() {}

    /** The number of code points. */
    public static int count(byte[] data, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += data[i] >= (byte) 0xC0 ? 1 : 0;
        }
        return count;
    }

    /** Where the code point after the next {@code count} ones starts; {@code to} if there are fewer. */
    public static int skip(byte[] data, int from, int to, int count) {
        int left = count;
        int i = from;
        while (i < to && left > 0) {
            i++;
            while (i < to && data[i] < (byte) 0xC0) {
                i++;
            }
            left--;
        }
        return i;
    }

    /** Where the last {@code count} code points start; {@code from} if there are fewer. */
    public static int skipBack(byte[] data, int from, int to, int count) {
        int left = count;
        int i = to;
        while (i > from && left > 0) {
            i--;
            while (i > from && data[i] < (byte) 0xC0) {
                i--;
            }
            left--;
        }
        return i;
    }

    /** Whether all bytes are ASCII. */
    public static boolean isAscii(byte[] data, int from, int to) {
        int any = 0;
        for (int i = from; i < to; i++) {
            any |= data[i];
        }
        return any >= 0;
    }

    /** Where {@code needle} starts in {@code data[from, to)}, or -1. */
    public static int indexOf(byte[] data, int from, int to, byte[] needle, int needleFrom, int needleTo) {
        int length = needleTo - needleFrom;
        if (length == 0) {
            return from;
        }
        byte first = needle[needleFrom];
        int last = to - length;
        for (int i = from; i <= last; i++) {
            if (data[i] == first) {
                int k = 1;
                while (k < length && data[i + k] == needle[needleFrom + k]) {
                    k++;
                }
                if (k == length) {
                    return i;
                }
            }
        }
        return -1;
    }
}
