// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.DataFolders;
import io.datasetdb.registry.internal.VersionReader;
import io.datasetdb.registry.internal.VersionRow;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One version of a dataset, as it is for ever. Schema, files and provenance are read when first asked for; they belong to
 * exactly this version, whatever happens to the dataset meanwhile. Equal to any other object for the same version.
 */
public final class DatasetVersion {
    private final VersionRow row;
    private final VersionReader reader;

    DatasetVersion(VersionRow row, VersionReader reader) {
        this.row = row;
        this.reader = reader;
    }

    VersionRow row() {
        return row;
    }

    /** The dataset's name when this object was made. */
    public DatasetName name() {
        return row.name();
    }

    public SemanticVersion version() {
        return row.version();
    }

    /** Identifies the version; never changes and is never used again. */
    public UUID uuid() {
        return row.uuid();
    }

    /** This version as a parent in the provenance of another. */
    public VersionRef ref() {
        return row.ref();
    }

    /** The state when this object was made. */
    public VersionState state() {
        return row.state();
    }

    public Schema schema() {
        return reader.schema(row);
    }

    /** The columns that were declared NOT NULL, and not just found to hold none; fails like {@link #files()}. */
    public Set<String> declaredNotNull() {
        return reader.contents(row).declaredNotNull();
    }

    /** The files, in row order; fails with {@link RegistryError#VERSION_DROPPED} if they were purged. */
    public List<DataFile> files() {
        return reader.contents(row).files();
    }

    /** The paths of the index files of a column's vectors, as they are now, by those of the data files; many files have none. */
    public Map<String, String> vectorIndexes(String column) {
        return reader.vectorIndexes(row, column);
    }

    /** The folders in which its files are, relative to the warehouse; fails like {@link #files()}. */
    public Set<String> folders() {
        return files().stream().map(file -> DataFolders.folder(file.path())).collect(Collectors.toUnmodifiableSet());
    }

    /** What is known about the leaf columns over all files; fails like {@link #files()}. */
    public List<ColumnStatistics> statistics() {
        return reader.contents(row).statistics();
    }

    public long rowCount() {
        return row.rowCount();
    }

    /** Bytes of all files, also of those that are shared with other versions. */
    public long byteSize() {
        return row.byteSize();
    }

    public long fileCount() {
        return row.fileCount();
    }

    public String author() {
        return row.author();
    }

    /** When it became visible. */
    public Instant createdAt() {
        return row.createdAt();
    }

    /** From the begin of its statement to its last file. */
    public Duration duration() {
        return Duration.ofMillis(row.durationMillis());
    }

    /** The statement that made it, verbatim. */
    public Optional<String> statement() {
        return Optional.ofNullable(row.statement());
    }

    public Optional<String> scriptName() {
        return Optional.ofNullable(row.scriptName());
    }

    public Optional<String> jobId() {
        return Optional.ofNullable(row.jobId());
    }

    /** Hash of the rows, where known; the fingerprint of a listing. */
    public Optional<String> contentHash() {
        return Optional.ofNullable(row.contentHash());
    }

    public Optional<Instant> droppedAt() {
        return Optional.ofNullable(row.droppedAt()).filter(dropped -> state() == VersionState.DROPPED);
    }

    /** Whether it is the same version and has the same files: one that was dropped and imported anew has others. */
    public boolean isStill(DatasetVersion other) {
        return equals(other) && Objects.equals(row.droppedAt(), other.row.droppedAt());
    }

    /** Whether its files were given up. */
    public boolean isPurged() {
        return row.purgedAt() != null;
    }

    /** Everything about how it came to be. */
    public Provenance provenance() {
        return reader.provenance(row);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DatasetVersion that && row.uuid().equals(that.row.uuid());
    }

    @Override
    public int hashCode() {
        return row.uuid().hashCode();
    }

    /** {@code namespace.project.name@major.minor.patch}. */
    @Override
    public String toString() {
        return row.ref().toString();
    }
}
