// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.Scan;

/** A row group of a file. */
record RowGroupSplit(FileFooter footer, RowGroupFooter rowGroup) implements Scan.Split {
    @Override
    public long rowCount() {
        return rowGroup.rowCount();
    }
}
