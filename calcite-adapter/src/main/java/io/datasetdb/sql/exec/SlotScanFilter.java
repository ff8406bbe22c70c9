// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.vector.DataType;

/**
 * Lets a scan leave out the rows that a step above it has no use for, as far as a column tells.
 *
 * @param slot whose filter it is, if the run has one
 * @param column which column of the scan it looks at
 * @param path the same column as the scan's request has it
 * @param type of the column
 */
public record SlotScanFilter(FilterSlot slot, int column, ColumnPath path, DataType type) implements ScanFilter {
    @Override
    public Part start(Run run) {
        ColumnFilter filter = run.filter(slot);
        return filter == null ? () -> null : filter.part(column, path, type);
    }
}
