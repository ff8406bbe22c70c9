// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Loops over short runs of bytes that look at eight of them at a time. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

    private Bytes() {}

    /** Eight bytes, the first in the lowest bits. */
    static long word(byte[] data, int at) {
        return (long) LONGS.get(data, at);
    }

    /** The high bit of each byte of {@code word} that is {@code wanted}; exact, so that the last match may be taken. */
    static long matches(long word, byte wanted) {
        long difference = word ^ ONES * (wanted & 0xFF);
        return ~((difference & LOW_BITS) + LOW_BITS | difference | LOW_BITS);
    }

    /** The index of the last {@code wanted} in {@code data[from, to)}, or {@code from - 1}. */
    static int lastIndexOf(byte[] data, int from, int to, byte wanted) {
        int i = to;
        for (; i - 8 >= from; i -= 8) {
            long found = matches(word(data, i - 8), wanted);
            if (found != 0) {
                return i - 1 - Long.numberOfLeadingZeros(found) / 8;
            }
        }
        for (i--; i >= from && data[i] != wanted; i--) {}
        return i;
    }

    /** Copies a run that is mostly short; bytes behind it in {@code target} may be overwritten. */
    static void copy(byte[] source, int from, byte[] target, int at, int length) {
        if (length <= 16 && from + 16 <= source.length && at + 16 <= target.length) {
            LONGS.set(target, at, (long) LONGS.get(source, from));
            LONGS.set(target, at + 8, (long) LONGS.get(source, from + 8));
        } else {
            System.arraycopy(source, from, target, at, length);
        }
    }
}
