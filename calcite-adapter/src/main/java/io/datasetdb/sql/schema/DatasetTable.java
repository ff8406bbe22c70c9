// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.sql.exec.nearest.IndexedVectors;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;

/** One version of a dataset; with its rows numbered if they are to be changed. */
public final class DatasetTable implements BatchTable {
    /** The name of the column that numbers the rows. */
    public static final String ROW_NUMBER = ScanRequest.ROW_NUMBER.toString();

    private final DatasetVersion version;
    private final DatasetStore store;
    private final Numbering numbering;

    DatasetTable(DatasetVersion version, DatasetStore store, Numbering numbering) {
        this.version = version;
        this.store = store;
        this.numbering = numbering;
    }

    /** Whether its rows are numbered, to be changed. */
    public boolean isToChange() {
        return numbering == Numbering.ROWS;
    }

    @Override
    public String displayName() {
        return version.ref() + (isToChange() ? " to change" : "");
    }

    @Override
    public Schema schema() {
        return numbering.columns(version.schema(), version.name());
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
    public Optional<IndexedVectors> vectors(String column) {
        return isToChange() ? Optional.empty() : Optional.of(new VersionVectors(version, store, column));
    }

    @Override
    public Scan scan(ScanRequest request) {
        return scan(store, version, version.files(), request);
    }

    /** A read of some files of a version, whose failures name it. */
    public static Scan scan(DatasetStore store, DatasetVersion version, List<DataFile> files, ScanRequest request) {
        List<String> paths = files.stream().map(DataFile::path).toList();
        return new VersionScan(store.scan(paths, version.schema(), request), version.ref());
    }

    @Override
    public Optional<DatasetVersion> version() {
        return Optional.of(version);
    }
}
