// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a column chunk in order of first appearance.
 *
 * @param ids the entry of each value
 * @param size number of entries
 * @param firsts the index of the first value of each entry
 */
record Dictionary(int[] ids, int size, int[] firsts) {
    /** Readers keep dictionaries at hand, so they should fit their caches. */
    static final int MAX_ENTRIES = 1 << 16;

    static final int MAX_BYTES = 1 << 20;

    /** After this many values a column shows whether it repeats itself. */
    static final int PROBE = 1 << 14;

    /** Bytes that the ids take when bit-packed. */
    long idBytes() {
        return ((long) ids.length * RunLengthEncoder.width(size - 1) >>> 3) + 2L;
    }

    /** Whether building is to be given up when {@code entries} were met among {@code seen} values. */
    static boolean isHopeless(int entries, int seen) {
        return entries > MAX_ENTRIES || (seen >= PROBE && entries > seen / 2);
    }

    /** The dictionary of the first {@code count} values, or {@code null} if there are too many distinct ones. */
    static @Nullable Dictionary of(long[] values, int count) {
        int[] ids = new int[Math.min(count, PROBE)];
        int[] firsts = new int[256];
        int[] table = new int[1024];
        int size = 0;
        for (int i = 0; i < count; i++) {
            ids = i == ids.length ? Arrays.copyOf(ids, count) : ids;
            long value = values[i];
            if (i > 0 && value == values[i - 1]) {
                ids[i] = ids[i - 1];
                continue;
            }
            int mask = table.length - 1;
            int slot = spread(value) & mask;
            int entry = table[slot] - 1;
            while (entry >= 0 && values[firsts[entry]] != value) {
                slot = (slot + 1) & mask;
                entry = table[slot] - 1;
            }
            if (entry < 0) {
                entry = size++;
                if (isHopeless(size, i)) {
                    return null;
                }
                if (entry == firsts.length) {
                    firsts = Arrays.copyOf(firsts, entry * 2);
                }
                firsts[entry] = i;
                table[slot] = size;
                if (size * 2 > table.length) {
                    table = rehash(values, firsts, size, table.length * 4);
                }
            }
            ids[i] = entry;
        }
        return new Dictionary(ids, size, firsts);
    }

    private static int[] rehash(long[] values, int[] firsts, int size, int capacity) {
        int[] table = new int[capacity];
        int mask = capacity - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = spread(values[firsts[entry]]) & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry + 1;
        }
        return table;
    }

    /** Fibonacci hashing, folded so that the low bits depend on all. */
    private static int spread(long value) {
        long hash = value * 0x9E3779B97F4A7C15L;
        return (int) (hash ^ (hash >>> 32));
    }

    /** As {@link #of(long[], int)} for byte strings, value {@code i} being {@code data[offsets[i] .. offsets[i + 1])}. */
    static @Nullable Dictionary of(byte[] data, int[] offsets, int count) {
        int[] ids = new int[Math.min(count, PROBE)];
        int[] firsts = new int[256];
        long[] hashes = new long[256];
        int[] table = new int[1024];
        int size = 0;
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            ids = i == ids.length ? Arrays.copyOf(ids, count) : ids;
            if (i > 0 && same(data, offsets, i, i - 1)) {
                ids[i] = ids[i - 1];
                continue;
            }
            long hash = XxHash64.hash(data, offsets[i], offsets[i + 1] - offsets[i]);
            int slot = (int) hash & (table.length - 1);
            int entry = table[slot] - 1;
            while (entry >= 0 && (hashes[entry] != hash || !same(data, offsets, i, firsts[entry]))) {
                slot = (slot + 1) & (table.length - 1);
                entry = table[slot] - 1;
            }
            if (entry < 0) {
                entry = size++;
                bytes += offsets[i + 1] - offsets[i] + Integer.BYTES;
                if (bytes > MAX_BYTES || isHopeless(size, i)) {
                    return null;
                }
                if (entry == firsts.length) {
                    firsts = Arrays.copyOf(firsts, entry * 2);
                    hashes = Arrays.copyOf(hashes, entry * 2);
                }
                firsts[entry] = i;
                hashes[entry] = hash;
                table[slot] = size;
                if (size * 2 > table.length) {
                    table = rehash(hashes, size, table.length * 4);
                }
            }
            ids[i] = entry;
        }
        return new Dictionary(ids, size, firsts);
    }

    private static int[] rehash(long[] hashes, int size, int capacity) {
        int[] table = new int[capacity];
        int mask = capacity - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = (int) hashes[entry] & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry + 1;
        }
        return table;
    }

    private static boolean same(byte[] data, int[] offsets, int left, int right) {
        int length = offsets[left + 1] - offsets[left];
        return length == offsets[right + 1] - offsets[right]
                && Arrays.equals(
                        data, offsets[left], offsets[left] + length, data, offsets[right], offsets[right] + length);
    }
}
