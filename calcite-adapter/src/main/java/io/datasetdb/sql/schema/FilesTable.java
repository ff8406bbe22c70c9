// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Schema;
import java.util.List;

/** The rows of some files of the warehouse that are no version by themselves; perhaps of none. */
public record FilesTable(String displayName, Schema schema, List<DataFile> parts, DatasetStore store)
        implements BatchTable {
    public FilesTable {
        parts = List.copyOf(parts);
    }

    @Override
    public long rowCount() {
        return parts.stream().mapToLong(DataFile::rowCount).sum();
    }

    @Override
    public Scan scan(ScanRequest request) {
        return store.scan(parts.stream().map(DataFile::path).toList(), schema, request);
    }
}
