// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Provenance;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A temporary dataset: files that the registry knows only as drafts. What a statement makes of it is another table. */
public final class TemporaryTable implements BatchTable {
    private final String name;
    private final UUID uuid;
    private final Schema columns;
    private final Set<String> declaredNotNull;
    private final List<DataFile> files;
    private final Provenance provenance;
    private final DatasetStore store;
    private final Numbering numbering;

    private TemporaryTable(
            String name,
            UUID uuid,
            Schema columns,
            Set<String> declaredNotNull,
            List<DataFile> files,
            Provenance provenance,
            DatasetStore store,
            Numbering numbering) {
        this.name = name;
        this.uuid = uuid;
        this.columns = columns;
        this.declaredNotNull = Set.copyOf(declaredNotNull);
        this.files = List.copyOf(files);
        this.provenance = provenance;
        this.store = store;
        this.numbering = numbering;
    }

    /**
     * A new one.
     *
     * @param uuid of the draft whose files these are
     * @param provenance what it was made from, on which whatever is made of it depends
     */
    public static TemporaryTable of(
            String name,
            UUID uuid,
            Schema columns,
            Set<String> declaredNotNull,
            List<DataFile> files,
            Provenance provenance,
            DatasetStore store) {
        return new TemporaryTable(name, uuid, columns, declaredNotNull, files, provenance, store, Numbering.NONE);
    }

    /** What a statement makes of this one, with the draft of its new files. */
    public TemporaryTable with(UUID draft, Schema newColumns, List<DataFile> newFiles, Provenance made) {
        return new TemporaryTable(name, draft, newColumns, declaredNotNull, newFiles, made, store, Numbering.NONE);
    }

    /** The same with its rows numbered, to be changed. */
    TemporaryTable toChange() {
        return new TemporaryTable(name, uuid, columns, declaredNotNull, files, provenance, store, Numbering.ROWS);
    }

    /** For people who look at drafts; blanks keep it apart from all that deposits. */
    public static DatasetName draftName(String name) {
        return DatasetName.of("temporary " + name);
    }

    @Override
    public String displayName() {
        return numbering == Numbering.ROWS ? name + " to change" : name;
    }

    @Override
    public Schema schema() {
        return numbering.columns(columns, name);
    }

    /** The columns without the one that numbers rows. */
    public Schema columns() {
        return columns;
    }

    /** Columns that refuse NULLs. */
    public Set<String> declaredNotNull() {
        return declaredNotNull;
    }

    /** In the order of their rows. */
    public List<DataFile> dataFiles() {
        return files;
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
        return store.scan(files.stream().map(DataFile::path).toList(), columns, request);
    }

    /** The uuids of the drafts that its files are in, and of the one that made it what it is. */
    public Set<UUID> drafts() {
        Set<UUID> drafts = new HashSet<>();
        drafts.add(uuid);
        for (DataFile file : files) {
            String folder = file.path().substring(0, file.path().lastIndexOf('/'));
            drafts.add(UUID.fromString(folder.substring(folder.lastIndexOf('/') + 1)));
        }
        return drafts;
    }

    @Override
    public Set<UUID> uuids() {
        return drafts();
    }

    @Override
    public Optional<Provenance> madeBy() {
        return Optional.of(provenance);
    }

    /** What it was made from. */
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TemporaryTable that && uuid.equals(that.uuid) && numbering == that.numbering;
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }
}
