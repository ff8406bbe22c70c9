// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Schema;
import java.util.List;

/** The rows that a deposit has written and that are no version yet. */
public record ResultTable(String displayName, Schema schema, List<DataFile> written, DatasetStore store)
        implements BatchTable {
    public ResultTable {
        written = List.copyOf(written);
    }

    @Override
    public long rowCount() {
        return written.stream().mapToLong(DataFile::rowCount).sum();
    }

    @Override
    public Scan scan(ScanRequest request) {
        return store.scan(written.stream().map(DataFile::path).toList(), schema, request);
    }
}
