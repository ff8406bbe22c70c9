// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Code points in UTF-8 bytes, mostly eight bytes at a time. Malformed input is not detected: each byte that starts no character belongs to the one before. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** 1 in each byte. */
    private static final long EACH_BYTE = 0x0101010101010101L;

    private Utf8() {}

    /** The number of code points. */
    public static int count(byte[] data, int from, int to) {
        int count = to - from;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONGS.get(data, i);
            count -= Long.bitCount((word >>> 7) & ~(word >>> 6) & EACH_BYTE);
        }
        for (; i < to; i++) {
            count -= data[i] < (byte) 0xC0 ? 1 : 0;
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
        long any = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            any |= (long) LONGS.get(data, i);
        }
        for (; i < to; i++) {
            any |= data[i] & 0x80L;
        }
        return (any & EACH_BYTE << 7) == 0;
    }

    /**
     * Copies ASCII bytes with the letters from {@code first} on ({@code 'a'} or {@code 'A'}) in the other case. The high bit of
     * each byte of a sum says whether the character is at least {@code first}, or beyond the last letter.
     */
    static void changeAsciiCase(byte[] source, int from, int length, byte[] target, int at, char first) {
        long least = EACH_BYTE * (0x80 - first);
        long beyond = EACH_BYTE * (0x80 - first - 26);
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long word = (long) LONGS.get(source, from + i);
            long letters = (word + least) & ~(word + beyond) & EACH_BYTE << 7;
            LONGS.set(target, at + i, word ^ letters >>> 2);
        }
        for (; i < length; i++) {
            int c = source[from + i];
            int letter = (c + 0x80 - first) & ~(c + 0x80 - first - 26) & 0x80;
            target[at + i] = (byte) (c ^ letter >>> 2);
        }
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
