// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import java.util.Arrays;
import java.util.List;

/**
 * The order of the rows of a buffer by some keys. Every key of every row becomes one or more words whose signed order
 * is the
 * rows' (normalised keys), so that sorting is radix sorting and telling whether rows are peers is comparing words.
 * Holds
 * for the rows that are in the buffer when it is made.
 */
public final class RowOrder {
    private final long[][][] words;
    private final int size;

    private RowOrder(long[][][] words, int size) {
        this.words = words;
        this.size = size;
    }

    /** The order by these keys, whose ordinals are columns of the buffer. */
    public static RowOrder of(RowBuffer rows, List<SortKey> keys) {
        long[][][] words = new long[keys.size()][][];
        for (int i = 0; i < words.length; i++) {
            SortKey key = keys.get(i);
            words[i] = OrderWords.of(rows.column(key.ordinal()), key.ascending(), key.nullsFirst());
        }
        return new RowOrder(words, rows.size());
    }

    /** All row numbers in order; rows that are equal in all keys in the order of their numbers. */
    public int[] sorted() {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int key = words.length - 1; key >= 0; key--) {
            for (int word = words[key].length - 1; word >= 0; word--) {
                IntSort.sortByWord(order, size, words[key][word]);
            }
        }
        return order;
    }

    /** Whether two rows are equal in the keys from {@code fromKey} to {@code toKey - 1}; NULLs are equal. */
    public boolean equal(int row, int other, int fromKey, int toKey) {
        for (int key = fromKey; key < toKey; key++) {
            for (long[] word : words[key]) {
                if (word[row] != word[other]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Bytes on the heap that the order of the rows of a buffer takes while it is made, roughly. */
    public static long heapBytes(RowBuffer rows, List<SortKey> keys) {
        long bytes = 0;
        for (SortKey key : keys) {
            bytes += OrderWords.heapBytes(rows.column(key.ordinal()));
        }
        return bytes;
    }
}
