// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import org.jspecify.annotations.Nullable;

/** Finds the numbers of keys that lie close together: an array indexed by the key. */
final class KeyRange {
    /** An array of so many elements is small enough whatever the number of keys. */
    private static final int ALWAYS_SMALL = 1 << 14;
    /** So many elements a key take about as much memory as a hash table. */
    private static final int ELEMENTS_PER_KEY = 16;

    private static final int MAX_ELEMENTS = 1 << 28;

    private final long base;
    /** Number + 1 of each key from {@link #base} on, 0 if there is none. */
    private final int[] numbers;

    private KeyRange(long base, int[] numbers) {
        this.base = base;
        this.numbers = numbers;
    }

    /**
     * A range of the keys in a table, with room for those of a batch; {@code null} if they do not lie close together.
     *
     * @param keys the keys by number
     * @param except a number that is not to be found, or -1
     */
    static @Nullable KeyRange of(long[] keys, int size, int except, long[] batch, int count) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, batch[i]);
            high = Math.max(high, batch[i]);
        }
        for (int number = 0; number < size; number++) {
            if (number != except) {
                low = Math.min(low, keys[number]);
                high = Math.max(high, keys[number]);
            }
        }
        if (!isClose(low, high, size + (long) count)) {
            return null;
        }
        int[] numbers = new int[(int) (high - low) + 1];
        for (int number = 0; number < size; number++) {
            if (number != except) {
                numbers[(int) (keys[number] - low)] = number + 1;
            }
        }
        return new KeyRange(low, numbers);
    }

    private static boolean isClose(long low, long high, long keys) {
        long width = high - low;
        // a negative difference has overflown
        return width >= 0 && width < Math.min(MAX_ELEMENTS, Math.max(ALWAYS_SMALL, ELEMENTS_PER_KEY * keys));
    }

    /** This range or a wider one with room for the keys of a batch; {@code null} if that would be too wide. */
    @Nullable
    KeyRange including(long[] batch, int count, int size) {
        long low = base;
        long high = base + numbers.length - 1;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, batch[i]);
            high = Math.max(high, batch[i]);
        }
        // a negative difference has overflown
        if (low == base && high - base >= 0 && high - base < numbers.length) {
            return this;
        }
        if (!isClose(low, high, size + (long) count)) {
            return null;
        }
        // in the direction in which it grows half as much again, so that sorted keys do not copy it for every batch
        int spare = numbers.length / 2;
        if (high - base >= numbers.length && high < Long.MAX_VALUE - spare) {
            high += spare;
        }
        if (low < base && low > Long.MIN_VALUE + spare) {
            low -= spare;
        }
        if (high - low >= MAX_ELEMENTS) {
            return null;
        }
        int[] wider = new int[(int) (high - low) + 1];
        System.arraycopy(numbers, 0, wider, (int) (base - low), numbers.length);
        return new KeyRange(low, wider);
    }

    long base() {
        return base;
    }

    /** To be written to for keys in the range. */
    int[] numbers() {
        return numbers;
    }

    /** The numbers of keys, -1 for those that are not there. */
    void find(long[] batch, int count, int[] ids) {
        for (int i = 0; i < count; i++) {
            long place = batch[i] - base;
            ids[i] = place >= 0 && place < numbers.length ? numbers[(int) place] - 1 : -1;
        }
    }

    long heapBytes() {
        return 4L * numbers.length;
    }
}
