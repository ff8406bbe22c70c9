// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.BytesVector;
import java.util.Arrays;

/**
 * Stable sort of rows by a column of texts or bytes: by the first eight bytes of each value as one number, then rows in
 * which
 * these agree by the next eight, and so on (most significant digit radix sort with digits of 64 bits, each of which is
 * sorted
 * by its bytes). Used once.
 */
final class BytesSort {
    private static final int COMPARE_UP_TO = 24;

    /** Eight bytes each; values that agree for longer are compared. */
    private static final int MAX_DEPTH = 32;

    private final ColumnBuffer column;
    private final int[] rows;
    private final long flip;

    private BytesSort(ColumnBuffer column, int[] rows, boolean ascending) {
        this.column = column;
        this.rows = rows;
        this.flip = ascending ? 0 : -1;
    }

    /** Sorts the numbers of all rows of a column. */
    static void sort(int[] rows, ColumnBuffer column, boolean ascending, boolean nullsFirst) {
        int from = 0;
        int to = rows.length;
        if (column.mayHaveNulls()) {
            int[] nulls = Arrays.stream(rows).filter(column::isNull).toArray();
            int[] others =
                    Arrays.stream(rows).filter(row -> !column.isNull(row)).toArray();
            from = nullsFirst ? nulls.length : 0;
            to = from + others.length;
            System.arraycopy(nulls, 0, rows, nullsFirst ? 0 : to, nulls.length);
            System.arraycopy(others, 0, rows, from, others.length);
        }
        new BytesSort(column, rows, ascending).sort(from, to, 0);
    }

    private void sort(int from, int to, int depth) {
        int count = to - from;
        if (count <= COMPARE_UP_TO || depth == MAX_DEPTH) {
            IntSort.sort(rows, from, to, this::compare);
            return;
        }
        long[] words = new long[count];
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            BytesVector values = (BytesVector) column.vector(row);
            int position = column.position(row);
            int start = values.offsets()[position];
            int end = values.offsets()[position + 1];
            shortest = Math.min(shortest, end - start);
            longest = Math.max(longest, end - start);
            words[i] = Prefixes.of(values.data(), Math.min(end, start + 8 * depth), end) ^ flip;
        }
        boolean longer = longest > 8 * depth + 8;
        IntSort.sortPairs(words, rows, from, count);
        if (!longer && shortest == longest) {
            return;
        }
        for (int start = 0; start < count; ) {
            int end = start + 1;
            while (end < count && words[end] == words[start]) {
                end++;
            }
            if (end - start > 1) {
                equal(from + start, from + end, depth, longer);
            }
            start = end;
        }
    }

    /** Goes on with rows that agree so far; where none has more bytes they differ in zeros at the end at most. */
    private void equal(int from, int to, int depth, boolean longer) {
        if (longer) {
            sort(from, to, depth + 1);
            return;
        }
        long[] lengths = new long[to - from];
        for (int i = from; i < to; i++) {
            BytesVector values = (BytesVector) column.vector(rows[i]);
            lengths[i - from] = values.length(column.position(rows[i])) ^ flip;
        }
        IntSort.sortPairs(lengths, rows, from, lengths.length);
    }

    private int compare(int row, int other) {
        int order = column.compare(row, other);
        return flip == 0 ? order : -order;
    }
}
