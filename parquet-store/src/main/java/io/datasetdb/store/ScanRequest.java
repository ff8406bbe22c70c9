// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read: the columns (each becomes one vector of the batches, in this order; none is allowed and yields batches of
 * row counts only) and which rows may be left out.
 *
 * @param keepsColumns whether decoded columns may be kept for, and taken from, other scans
 */
public record ScanRequest(
        List<ColumnPath> columns, @Nullable Predicate predicate, boolean keepsColumns) {
    /**
     * May be asked for like a column of a dataset's files: the number of the row among all rows of the scan's files, from 0, as a
     * BIGINT. Rows that are left out count too.
     */
    public static final ColumnPath ROW_NUMBER = ColumnPath.of("$row");

    public ScanRequest {
        columns = List.copyOf(columns);
    }

    /** A request that takes part in keeping decoded columns. */
    public ScanRequest(List<ColumnPath> columns, @Nullable Predicate predicate) {
        this(columns, predicate, true);
    }

    public static ScanRequest of(List<ColumnPath> columns) {
        return new ScanRequest(columns, null);
    }
}
