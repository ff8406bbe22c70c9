// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import java.util.Arrays;

/**
 * DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY (Encodings.md, "Delta-length byte array", "Delta Strings"): lengths as
 * differences, then the bytes; in the second form without the prefix that a value shares with the one before it.
 */
final class StringEncoder {
    private static final int SAMPLES = 8;
    private static final int SAMPLE_SIZE = 256;

    private final DeltaEncoder deltas = new DeltaEncoder(Integer.SIZE);
    private long[] prefixes = new long[0];
    private long[] lengths = new long[0];

    /** Whether, in a few samples, at least half of the bytes repeat the value before. */
    static boolean sharesPrefixes(byte[] data, int[] offsets, int count) {
        long shared = 0;
        long total = 0;
        int step = Math.max(SAMPLE_SIZE, count / SAMPLES);
        for (int start = 0; start < count; start += step) {
            for (int i = start + 1; i < Math.min(count, start + SAMPLE_SIZE); i++) {
                shared += prefix(data, offsets, i);
                total += offsets[i + 1] - offsets[i];
            }
        }
        return total > 0 && shared * 2 >= total;
    }

    void encodeLengths(byte[] data, int[] offsets, int from, int to, ByteSink sink) {
        reserve(to - from);
        for (int i = from; i < to; i++) {
            lengths[i - from] = (long) offsets[i + 1] - offsets[i];
        }
        deltas.encode(lengths, 0, to - from, sink);
        sink.write(data, offsets[from], offsets[to] - offsets[from]);
    }

    void encodePrefixes(byte[] data, int[] offsets, int from, int to, ByteSink sink) {
        reserve(to - from);
        int suffixBytes = 0;
        for (int i = from; i < to; i++) {
            int prefix = i == from ? 0 : prefix(data, offsets, i);
            int length = offsets[i + 1] - offsets[i] - prefix;
            prefixes[i - from] = prefix;
            lengths[i - from] = length;
            suffixBytes += length;
        }
        deltas.encode(prefixes, 0, to - from, sink);
        deltas.encode(lengths, 0, to - from, sink);
        sink.reserve(suffixBytes);
        for (int i = from; i < to; i++) {
            int length = (int) lengths[i - from];
            sink.write(data, offsets[i + 1] - length, length);
        }
    }

    private void reserve(int count) {
        if (lengths.length < count) {
            lengths = new long[count];
            prefixes = new long[count];
        }
    }

    /** How many bytes value {@code i} has in common with the one before it. */
    private static int prefix(byte[] data, int[] offsets, int i) {
        int mismatch = Arrays.mismatch(data, offsets[i - 1], offsets[i], data, offsets[i], offsets[i + 1]);
        return mismatch < 0 ? offsets[i + 1] - offsets[i] : mismatch;
    }
}
