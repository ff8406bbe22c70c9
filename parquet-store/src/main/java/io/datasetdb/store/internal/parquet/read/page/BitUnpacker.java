// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

/**
 * Takes bit-packed numbers, least significant bit first, out of a {@link Slice}'s array by one unaligned 8-byte load
 * each. The caller has checked that the bits are there.
 */
final class BitUnpacker {
    /** The widest number that one 8-byte load at any bit offset holds whole. */
    private static final int ONE_LOAD = 57;

    private BitUnpacker() {}

    /** Unpacks {@code count} numbers of {@code width} ≤ 32 bits that start at bit {@code bit}. */
    static void unpack(byte[] array, long bit, int width, int[] out, int offset, int count) {
        long mask = (1L << width) - 1;
        long at = bit;
        for (int i = offset; i < offset + count; i++) {
            long word = (long) Slice.LONG.get(array, (int) (at >>> 3));
            out[i] = (int) ((word >>> (at & 7)) & mask);
            at += width;
        }
    }

    /** Unpacks {@code count} numbers of {@code width} ≤ 8 bits that start at bit {@code bit}. */
    static void unpack(byte[] array, long bit, int width, byte[] out, int offset, int count) {
        long mask = (1L << width) - 1;
        long at = bit;
        for (int i = offset; i < offset + count; i++) {
            out[i] = (byte) (((array[(int) (at >>> 3)] & 0xff) | (array[(int) (at >>> 3) + 1] & 0xff) << 8) >>> (at & 7)
                    & mask);
            at += width;
        }
    }

    /** Unpacks {@code count} numbers of {@code width} ≤ 64 bits that start at bit {@code bit}. */
    static void unpack(byte[] array, long bit, int width, long[] out, int offset, int count) {
        if (width > ONE_LOAD) {
            unpackWide(array, bit, width, out, offset, count);
            return;
        }
        long mask = (1L << width) - 1;
        long at = bit;
        for (int i = offset; i < offset + count; i++) {
            long word = (long) Slice.LONG.get(array, (int) (at >>> 3));
            out[i] = (word >>> (at & 7)) & mask;
            at += width;
        }
    }

    private static void unpackWide(byte[] array, long bit, int width, long[] out, int offset, int count) {
        long mask = width == Long.SIZE ? -1L : (1L << width) - 1;
        long at = bit;
        for (int i = offset; i < offset + count; i++) {
            int index = (int) (at >>> 3);
            int shift = (int) (at & 7);
            long word = (long) Slice.LONG.get(array, index) >>> shift;
            if (shift + width > Long.SIZE) {
                word |= (array[index + Long.BYTES] & 0xffL) << (Long.SIZE - shift);
            }
            out[i] = word & mask;
            at += width;
        }
    }
}
