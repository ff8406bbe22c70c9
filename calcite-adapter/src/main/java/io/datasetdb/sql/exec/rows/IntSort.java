// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import java.util.Arrays;

/** Stable sorts of numbers of things by what they stand for. */
final class IntSort {
    private static final int RADIX_FROM = 256;
    private static final int INSERTION_UP_TO = 8;

    /** An order of numbered things. */
    @FunctionalInterface
    interface Order {
        int compare(int a, int b);
    }

    private IntSort() {}

    /** Sorts elements {@code from} to {@code to - 1} by a comparison: merge sort, insertion sort for short runs. */
    static void sort(int[] items, int from, int to, Order order) {
        if (to - from > 1) {
            int[] source = Arrays.copyOfRange(items, from, to);
            mergeInto(source, 0, to - from, items, from, order);
        }
    }

    /**
     * Sorts {@code target} from {@code at} on, where {@code source[from .. to)} holds the same items, as its scratch
     * space.
     */
    private static void mergeInto(int[] source, int from, int to, int[] target, int at, Order order) {
        int length = to - from;
        if (length <= INSERTION_UP_TO) {
            insert(target, at, at + length, order);
            return;
        }
        int half = length >>> 1;
        mergeInto(target, at, at + half, source, from, order);
        mergeInto(target, at + half, at + length, source, from + half, order);
        int left = from;
        int right = from + half;
        for (int i = at; i < at + length; i++) {
            if (right >= to || (left < from + half && order.compare(source[left], source[right]) <= 0)) {
                target[i] = source[left++];
            } else {
                target[i] = source[right++];
            }
        }
    }

    private static void insert(int[] items, int from, int to, Order order) {
        for (int i = from + 1; i < to; i++) {
            int item = items[i];
            int j = i - 1;
            while (j >= from && order.compare(items[j], item) > 0) {
                items[j + 1] = items[j];
                j--;
            }
            items[j + 1] = item;
        }
    }

    /** Sorts the first {@code count} items by {@code words[item]}, as signed numbers. */
    static void sortByWord(int[] items, int count, long[] words) {
        if (count < RADIX_FROM) {
            sort(items, 0, count, (a, b) -> Long.compare(words[a], words[b]));
            return;
        }
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = words[items[i]];
        }
        sortPairs(keys, items, 0, count);
    }

    /**
     * Sorts {@code count} items from {@code at} on, and their words with them, by these, as signed numbers: least significant
     * digit radix sort with 8-bit digits that leaves out digits in which all words agree.
     */
    static void sortPairs(long[] words, int[] items, int at, int count) {
        long differing = 0;
        for (int i = 0; i < count; i++) {
            words[i] ^= Long.MIN_VALUE;
            differing |= words[i] ^ words[0];
        }
        if (differing != 0) {
            sortUnsigned(words, items, at, count, differing);
        }
        for (int i = 0; i < count; i++) {
            words[i] ^= Long.MIN_VALUE;
        }
    }

    private static void sortUnsigned(long[] words, int[] items, int at, int count, long differing) {
        long[] keys = words;
        long[] otherKeys = new long[count];
        int[] from = Arrays.copyOfRange(items, at, at + count);
        int[] to = new int[count];
        int[] starts = new int[257];
        for (int shift = 0; shift < 64; shift += 8) {
            if ((differing >>> shift & 0xFF) == 0) {
                continue;
            }
            pass(keys, from, otherKeys, to, count, shift, starts);
            long[] swapKeys = keys;
            keys = otherKeys;
            otherKeys = swapKeys;
            int[] swap = from;
            from = to;
            to = swap;
        }
        System.arraycopy(from, 0, items, at, count);
        if (keys != words) {
            System.arraycopy(keys, 0, words, 0, count);
        }
    }

    private static void pass(long[] keys, int[] from, long[] otherKeys, int[] to, int count, int shift, int[] starts) {
        Arrays.fill(starts, 0);
        for (int i = 0; i < count; i++) {
            starts[(int) (keys[i] >>> shift & 0xFF) + 1]++;
        }
        for (int digit = 0; digit < 256; digit++) {
            starts[digit + 1] += starts[digit];
        }
        for (int i = 0; i < count; i++) {
            long key = keys[i];
            int target = starts[(int) (key >>> shift & 0xFF)]++;
            otherKeys[target] = key;
            to[target] = from[i];
        }
    }
}
