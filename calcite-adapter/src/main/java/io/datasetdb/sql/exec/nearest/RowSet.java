// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.store.RowFilter;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import java.util.Arrays;
import java.util.List;

/** Rows of a scan, by their numbers: single ones, and whole files. */
final class RowSet {
    /** Sorted, each once. */
    private final long[] rows;

    /** Starts and ends of the files in turn, sorted. */
    private final long[] ranges;

    RowSet(long[] rows, long[] ranges) {
        this.rows = Arrays.stream(rows).sorted().distinct().toArray();
        this.ranges = ranges;
    }

    /** Whether one of the rows is {@code from} or a later one before {@code to}. */
    boolean overlaps(long from, long to) {
        int at = Arrays.binarySearch(rows, from);
        int next = at < 0 ? -at - 1 : at;
        if (next < rows.length && rows[next] < to) {
            return true;
        }
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i] < to && ranges[i + 1] > from) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(long row) {
        if (Arrays.binarySearch(rows, row) >= 0) {
            return true;
        }
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i] <= row && row < ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Passes the rows of this set; {@code column} is that of the rows' numbers. */
    RowFilter filter(int column) {
        return new RowFilter() {
            @Override
            public List<Integer> columns() {
                return List.of(column);
            }

            @Override
            public Selection filter(Batch batch, Selection selection) {
                long[] numbers = ((LongVector) batch.column(0)).values();
                int last = batch.rowCount() - 1;
                if (last < 0 || !overlaps(numbers[0], numbers[last] + 1)) {
                    return Selection.of(new int[0], 0);
                }
                int[] passed = new int[selection.size()];
                int count = 0;
                for (int i = 0; i < selection.size(); i++) {
                    int position = selection.position(i);
                    if (contains(numbers[position])) {
                        passed[count++] = position;
                    }
                }
                return Selection.of(passed, count);
            }
        };
    }
}
