// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read: the columns (each becomes one vector of the batches, in this order; none is allowed and yields batches of
 * row counts only) and which rows may be left out.
 *
 * @param keepsColumns whether decoded columns may be kept for, and taken from, other scans
 * @param first what of the rows that match will be used; others may be left out. {@code null}: all
 */
public record ScanRequest(
        List<ColumnPath> columns,
        @Nullable Predicate predicate,
        boolean keepsColumns,
        @Nullable FirstRows first) {
    /**
     * The first rows of an order; they may come in any other.
     *
     * @param order the most important key first, each over a column that is asked for
     * @param count of rows
     */
    public record FirstRows(List<Key> order, long count) {
        public FirstRows {
            order = List.copyOf(order);
        }
    }

    /**
     * A column to order by.
     *
     * @param nullsFirst whether NULLs come before everything else, whatever the direction
     */
    public record Key(ColumnPath column, boolean ascending, boolean nullsFirst) {}

    /**
     * May be asked for like a column of a dataset's files: the number of the row among all rows of the scan's files, from 0, as a
     * BIGINT. Rows that are left out count too.
     */
    public static final ColumnPath ROW_NUMBER = ColumnPath.of("$row");

    public ScanRequest {
        columns = List.copyOf(columns);
    }

    /** A request of all rows. */
    public ScanRequest(List<ColumnPath> columns, @Nullable Predicate predicate, boolean keepsColumns) {
        this(columns, predicate, keepsColumns, null);
    }

    /** A request that takes part in keeping decoded columns. */
    public ScanRequest(List<ColumnPath> columns, @Nullable Predicate predicate) {
        this(columns, predicate, true);
    }

    public static ScanRequest of(List<ColumnPath> columns) {
        return new ScanRequest(columns, null);
    }
}
