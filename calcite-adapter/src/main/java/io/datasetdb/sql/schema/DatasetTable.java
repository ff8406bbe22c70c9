// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Schema;
import java.util.Optional;

/** One version of a dataset. */
final class DatasetTable implements BatchTable {
    private final DatasetVersion version;
    private final DatasetStore store;

    DatasetTable(DatasetVersion version, DatasetStore store) {
        this.version = version;
        this.store = store;
    }

    @Override
    public String displayName() {
        return version.ref().toString();
    }

    @Override
    public Schema schema() {
        return version.schema();
    }

    @Override
    public long rowCount() {
        return version.rowCount();
    }

    @Override
    public Optional<ColumnStatistics> statistics(String column) {
        ColumnPath path = ColumnPath.of(column);
        return version.statistics().stream()
                .filter(known -> known.column().equals(path))
                .findFirst();
    }

    @Override
    public Scan scan(ScanRequest request) {
        Scan files = store.scan(version.files().stream().map(DataFile::path).toList(), schema(), request);
        return new VersionScan(files, version.ref());
    }

    @Override
    public Optional<DatasetVersion> version() {
        return Optional.of(version);
    }
}
