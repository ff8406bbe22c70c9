// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.vector.DataType;

/**
 * What a running step lets the scans below it leave out by the values of one column: the scans whose {@link SlotScanFilter} has
 * the slot that the step fills. Safe for several threads.
 */
interface ColumnFilter {
    /**
     * The filter for one of the threads that read a scan.
     *
     * @param column which column of the scan it looks at
     * @param path the same column as the scan's request has it
     * @param type of the column
     */
    ScanFilter.Part part(int column, ColumnPath path, DataType type);
}
