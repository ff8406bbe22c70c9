// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * The order of the rows of a buffer by some keys. Every key of every row, unless it is text or bytes, becomes one or more
 * words whose signed order is the rows' (normalised keys), so that sorting is radix sorting. Holds for the rows that are
 * in the buffer when it is made.
 */
public final class RowOrder {
    private final RowBuffer rows;
    private final List<SortKey> keys;
    private final long[][][] words;

    private RowOrder(RowBuffer rows, List<SortKey> keys, long[][][] words) {
        this.rows = rows;
        this.keys = keys;
        this.words = words;
    }

    /** The order by these keys, whose ordinals are columns of the buffer. */
    public static RowOrder of(RowBuffer rows, List<SortKey> keys) {
        long[][][] words = new long[keys.size()][][];
        for (int i = 0; i < words.length; i++) {
            SortKey key = keys.get(i);
            ColumnBuffer column = rows.column(key.ordinal());
            words[i] = isBytes(column) ? new long[0][] : OrderWords.of(column, key.ascending(), key.nullsFirst());
        }
        return new RowOrder(rows, keys, words);
    }

    /** All row numbers in order; rows that are equal in all keys in the order of their numbers. */
    public int[] sorted() {
        int[] order = new int[rows.size()];
        Arrays.setAll(order, i -> i);
        for (int number = words.length - 1; number >= 0; number--) {
            SortKey key = keys.get(number);
            ColumnBuffer column = rows.column(key.ordinal());
            if (isBytes(column)) {
                BytesSort.sort(order, column, key.ascending(), key.nullsFirst());
            }
            for (int word = words[number].length - 1; word >= 0; word--) {
                IntSort.sortByWord(order, order.length, words[number][word]);
            }
        }
        return order;
    }

    private static boolean isBytes(ColumnBuffer column) {
        DataType.Kind kind = column.type().kind();
        return kind == DataType.Kind.VARCHAR || kind == DataType.Kind.VARBINARY;
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
