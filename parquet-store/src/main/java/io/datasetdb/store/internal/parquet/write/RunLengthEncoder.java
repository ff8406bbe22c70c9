// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

/**
 * Parquet's hybrid of run lengths and bit packing (Encodings.md, "Run Length Encoding / Bit-Packing Hybrid"), without a
 * length in front. Short runs of narrow values stay bit-packed: they cost less there and spare the reader a switch.
 */
final class RunLengthEncoder {
    private RunLengthEncoder() {}

    /** Bits that the values 0 to {@code max} take. */
    static int width(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    static void encode(int[] values, int from, int to, int width, ByteSink sink) {
        int minRun = width <= 1 ? 64 : width <= 4 ? 24 : 8;
        int literals = from;
        int i = from;
        while (i < to) {
            int value = values[i];
            int end = i + 1;
            while (end < to && values[end] == value) {
                end++;
            }
            // Bit-packed runs hold whole groups of eight, so they borrow from the run that follows.
            int borrowed = (8 - ((i - literals) & 7)) & 7;
            if (end - i - borrowed >= minRun) {
                pack(values, literals, i + borrowed, width, sink);
                sink.putVarLong((long) (end - i - borrowed) << 1);
                sink.putLow(value, (width + 7) >>> 3);
                literals = end;
            }
            i = end;
        }
        pack(values, literals, to, width, sink);
    }

    private static void pack(int[] values, int from, int to, int width, ByteSink sink) {
        if (from == to) {
            return;
        }
        int groups = (to - from + 7) >>> 3;
        sink.putVarLong(((long) groups << 1) | 1);
        sink.reserve(groups * width + Long.BYTES);
        int end = sink.size() + groups * width;
        long buffer = 0;
        int used = 0;
        for (int i = from; i < to; i++) {
            long value = values[i] & 0xFFFFFFFFL;
            buffer |= value << used;
            used += width;
            if (used >= Long.SIZE) {
                sink.putLong(buffer);
                used -= Long.SIZE;
                buffer = used == 0 ? 0 : value >>> (width - used);
            }
        }
        while (sink.size() < end) {
            sink.putLow(buffer, Math.min(Long.BYTES, end - sink.size()));
            buffer = 0;
        }
    }
}
