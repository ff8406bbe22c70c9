// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.Provenance;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A temporary dataset: files that the registry knows only as a draft. The same files are the same table. */
public final class TemporaryTable implements BatchTable {
    private final String name;
    private final UUID uuid;
    private final Schema schema;
    private final List<DataFile> files;
    private final Provenance provenance;
    private final DatasetStore store;

    /**
     * @param uuid of the draft whose files these are
     * @param provenance what it was made from, on which whatever is made of it depends
     */
    public TemporaryTable(
            String name, UUID uuid, Schema schema, List<DataFile> files, Provenance provenance, DatasetStore store) {
        this.name = name;
        this.uuid = uuid;
        this.schema = schema;
        this.files = List.copyOf(files);
        this.provenance = provenance;
        this.store = store;
    }

    @Override
    public String displayName() {
        return name;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long rowCount() {
        return files.stream().mapToLong(DataFile::rowCount).sum();
    }

    @Override
    public Optional<ColumnStatistics> statistics(String column) {
        ColumnPath path = ColumnPath.of(column);
        return files.size() == 1
                ? files.get(0).statistics().stream()
                        .filter(known -> known.column().equals(path))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public Scan scan(ScanRequest request) {
        return store.scan(files.stream().map(DataFile::path).toList(), schema, request);
    }

    /** The uuid of the draft. */
    public UUID draft() {
        return uuid;
    }

    @Override
    public Optional<UUID> uuid() {
        return Optional.of(uuid);
    }

    @Override
    public Optional<Provenance> madeBy() {
        return Optional.of(provenance);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TemporaryTable that && uuid.equals(that.uuid);
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }
}
