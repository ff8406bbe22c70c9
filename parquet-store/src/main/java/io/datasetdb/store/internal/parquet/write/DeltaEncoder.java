// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import java.util.Arrays;

/**
 * DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding"; Lemire and Boytsov, 2015): blocks of 128 differences in four
 * miniblocks. Differences of INT32 columns wrap at 32 bits, because readers refuse wider miniblocks there.
 */
final class DeltaEncoder {
    private static final int BLOCK = 128;
    private static final int MINIBLOCK = 32;

    private final long[] deltas = new long[BLOCK];
    private final int[] widths = new int[BLOCK / MINIBLOCK];
    private final boolean narrow;
    private long minDelta;

    /** An encoder of INT64 columns, or of INT32 columns if {@code bits} is 32. */
    DeltaEncoder(int bits) {
        narrow = bits == Integer.SIZE;
    }

    void encode(long[] values, int from, int to, ByteSink sink) {
        sink.putVarLong(BLOCK);
        sink.putVarLong(BLOCK / MINIBLOCK);
        sink.putVarLong(to - from);
        sink.putZigZag(from == to ? 0 : values[from]);
        for (int i = from + 1; i < to; i += BLOCK) {
            int count = Math.min(BLOCK, to - i);
            analyse(values, i, count);
            sink.putZigZag(minDelta);
            for (int width : widths) {
                sink.write(width);
            }
            for (int start = 0; start < count; start += MINIBLOCK) {
                pack(start, widths[start / MINIBLOCK], sink);
            }
        }
    }

    /** About how many bytes {@link #encode} would take. */
    long estimate(long[] values, int from, int to) {
        long bytes = 16;
        for (int i = from + 1; i < to; i += BLOCK) {
            analyse(values, i, Math.min(BLOCK, to - i));
            bytes += 6;
            for (int width : widths) {
                bytes += (long) width * (MINIBLOCK / 8);
            }
        }
        return bytes;
    }

    /** Leaves the differences above the smallest one in {@code deltas}, zeros behind them, and the miniblocks' widths. */
    private void analyse(long[] values, int from, int count) {
        long min = Long.MAX_VALUE;
        long previous = values[from - 1];
        for (int j = 0; j < count; j++) {
            long value = values[from + j];
            long delta = narrow ? (int) (value - previous) : value - previous;
            previous = value;
            deltas[j] = delta;
            min = Math.min(min, delta);
        }
        minDelta = min;
        Arrays.fill(deltas, count, BLOCK, min);
        long mask = narrow ? 0xFFFFFFFFL : -1L;
        for (int m = 0; m < widths.length; m++) {
            long bits = 0;
            for (int j = m * MINIBLOCK; j < (m + 1) * MINIBLOCK; j++) {
                long above = (deltas[j] - min) & mask;
                deltas[j] = above;
                bits |= above;
            }
            widths[m] = Long.SIZE - Long.numberOfLeadingZeros(bits);
        }
    }

    private void pack(int start, int width, ByteSink sink) {
        sink.reserve(MINIBLOCK / 8 * width + Long.BYTES);
        long buffer = 0;
        int used = 0;
        for (int j = start; j < start + MINIBLOCK; j++) {
            long value = deltas[j];
            buffer |= value << used;
            used += width;
            if (used >= Long.SIZE) {
                sink.putLong(buffer);
                used -= Long.SIZE;
                buffer = used == 0 ? 0 : value >>> (width - used);
            }
        }
        if (used > 0) {
            sink.putInt((int) buffer);
        }
    }
}
