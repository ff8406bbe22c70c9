// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.Scan;

/**
 * A row group of a file.
 *
 * @param firstRow the number of its first row among the rows of all files of the scan
 */
record RowGroupSplit(FileFooter footer, RowGroupFooter rowGroup, long firstRow) implements Scan.Split {
    @Override
    public long rowCount() {
        return rowGroup.rowCount();
    }
}
