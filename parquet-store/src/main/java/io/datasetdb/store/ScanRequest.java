// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read: the columns (each becomes one vector of the batches, in this order; none is allowed and yields batches of
 * row counts only) and which rows may be left out.
 */
public record ScanRequest(
        List<ColumnPath> columns, @Nullable Predicate predicate) {
    public ScanRequest {
        columns = List.copyOf(columns);
    }

    public static ScanRequest of(List<ColumnPath> columns) {
        return new ScanRequest(columns, null);
    }
}
