// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.io.ParquetDecodingException;

/**
 * DELTA_BINARY_PACKED: a first value, then blocks of bit-packed differences above the block's smallest one, each block
 * in miniblocks with a bit width of their own. Sums wrap around, as the format wants.
 */
final class DeltaBinaryPackedDecoder implements ValueDecoder {
    private static final int MAX_BLOCK = 1 << 24;
    private static final int CHUNK = 256;

    private final byte[] array;
    private final int end;
    private final int miniblocks;
    private final int miniblockValues;
    private final long[] deltas = new long[CHUNK];

    private int next;
    /** Values not yet handed out, the first value included. */
    private int left;
    /** The value handed out next is this one (at the start) or the sum of this and the next difference. */
    private long last;

    private boolean started;
    private long minDelta;
    /** Where the widths of the current block's miniblocks are, and which of them is read. */
    private int widths;

    private int miniblock;
    private int leftInMiniblock;
    private int width;
    private long bit;

    DeltaBinaryPackedDecoder(Slice slice) {
        this.array = slice.array();
        this.next = slice.offset();
        this.end = slice.end();
        long block = unsigned();
        long parts = unsigned();
        long total = unsigned();
        if (block <= 0
                || block > MAX_BLOCK
                || parts <= 0
                || parts > block
                || block % parts != 0
                || block / parts % 8 != 0) {
            throw new ParquetDecodingException("a page has a malformed block size (" + block + " in " + parts + ")");
        }
        if (total < 0 || total > Integer.MAX_VALUE) {
            throw new ParquetDecodingException("a page has a malformed number of values (" + total + ")");
        }
        this.miniblocks = (int) parts;
        this.miniblockValues = (int) (block / parts);
        this.miniblock = miniblocks;
        this.left = (int) total;
        this.last = zigzag();
    }

    @Override
    public void read(long[] out, int offset, int count) {
        int done = begin(count);
        if (done > 0) {
            out[offset] = last;
        }
        while (done < count) {
            int step = unpack(count - done);
            long sum = last;
            long min = minDelta;
            for (int i = 0; i < step; i++) {
                sum += min + deltas[i];
                out[offset + done + i] = sum;
            }
            last = sum;
            done += step;
        }
    }

    @Override
    public void read(int[] out, int offset, int count) {
        int done = begin(count);
        if (done > 0) {
            out[offset] = (int) last;
        }
        while (done < count) {
            int step = unpack(count - done);
            long sum = last;
            long min = minDelta;
            for (int i = 0; i < step; i++) {
                sum += min + deltas[i];
                out[offset + done + i] = (int) sum;
            }
            last = sum;
            done += step;
        }
    }

    /** Counts off values; returns 1 if the first of all is among them, else 0. */
    private int begin(int count) {
        if (count > left) {
            throw new ParquetDecodingException("a page holds fewer values than it announces");
        }
        left -= count;
        if (started || count == 0) {
            return 0;
        }
        started = true;
        return 1;
    }

    /** Unpacks at most {@code count} differences of the current miniblock and returns how many. */
    private int unpack(int count) {
        if (leftInMiniblock == 0) {
            startMiniblock();
        }
        int step = Math.min(Math.min(count, leftInMiniblock), CHUNK);
        if (bit + (long) step * width > 8L * end) {
            throw new ParquetDecodingException("a page holds fewer values than it announces");
        }
        BitUnpacker.unpack(array, bit, width, deltas, 0, step);
        bit += (long) step * width;
        leftInMiniblock -= step;
        return step;
    }

    private void startMiniblock() {
        if (miniblock == miniblocks) {
            minDelta = zigzag();
            widths = next;
            if (miniblocks > end - next) {
                throw new ParquetDecodingException("a page holds fewer values than it announces");
            }
            next += miniblocks;
            miniblock = 0;
        }
        width = array[widths + miniblock] & 0xff;
        if (width > Long.SIZE) {
            throw new ParquetDecodingException("a bit width is out of range (" + width + ")");
        }
        miniblock++;
        leftInMiniblock = miniblockValues;
        bit = 8L * next;
        // The last miniblock may be cut short: what is missing is noticed when it is asked for.
        next = (int) Math.min(end, next + (long) miniblockValues / 8 * width);
    }

    private long unsigned() {
        long result = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (next >= end) {
                throw new ParquetDecodingException("a page ends before its data");
            }
            byte part = array[next++];
            result |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return result;
            }
        }
        throw new ParquetDecodingException("a page has a malformed number");
    }

    private long zigzag() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /**
     * Where the bytes behind a fresh decoder's section start, for the encodings that put byte strings behind their
     * lengths. The decoder is of no use afterwards.
     */
    int sectionEnd() {
        long values = left - 1L;
        while (values > 0) {
            do {
                startMiniblock();
                values -= miniblockValues;
            } while (values > 0 && miniblock < miniblocks);
        }
        return next;
    }
}
