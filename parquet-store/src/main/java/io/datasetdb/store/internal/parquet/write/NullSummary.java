// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;

/** Counts the NULLs of an ARRAY, a MAP or a ROW, of which nothing else is known. */
final class NullSummary implements ColumnSummary {
    private final ColumnPath path;
    private long count;

    NullSummary(ColumnPath path) {
        this.path = path;
    }

    void add(long more) {
        count += more;
    }

    @Override
    public ColumnStatistics take() {
        ColumnStatistics result = new ColumnStatistics(path, count, null, null, -1);
        count = 0;
        return result;
    }
}
