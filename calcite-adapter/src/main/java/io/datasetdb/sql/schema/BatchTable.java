// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Provenance;
import io.datasetdb.sql.exec.nearest.IndexedVectors;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Whatever FROM may name, pinned: a version of a dataset, a system table, a table function with its arguments. */
public interface BatchTable {
    /** How EXPLAIN names it. */
    String displayName();

    Schema schema();

    /** Rows, or -1 if unknown. */
    long rowCount();

    /** What is known about a top-level column's values. */
    default Optional<ColumnStatistics> statistics(String column) {
        return Optional.empty();
    }

    /** Whether its scans make use of {@link io.datasetdb.store.Predicate.Like}. */
    default boolean matchesPatterns() {
        return false;
    }

    /** Whether its scans make use of {@link io.datasetdb.store.ScanRequest.FirstRows}. */
    default boolean usesOrder() {
        return false;
    }

    /** Whether a scan with this predicate leaves out all rows that do not match, so that nobody needs to look at them again. */
    default boolean meets(Predicate predicate) {
        return false;
    }

    /** The vectors of a column, if there may be an index of them. */
    default Optional<IndexedVectors> vectors(String column) {
        return Optional.empty();
    }

    /** Plans a read. */
    Scan scan(ScanRequest request);

    /** The version of a dataset that is read; for a listing, the version that keeps it. */
    default Optional<DatasetVersion> version() {
        return Optional.empty();
    }

    /** Whose files are read: the uuid of a version, or of the drafts of a temporary dataset. */
    default Set<UUID> uuids() {
        return version().map(DatasetVersion::uuid).map(Set::of).orElse(Set.of());
    }

    /** What a temporary dataset was made from: whatever reads it depends on that, because it will be gone itself. */
    default Optional<Provenance> madeBy() {
        return Optional.empty();
    }

    /** URIs of the storage that is read outside the warehouse. */
    default List<String> inputs() {
        return List.of();
    }

    /** The files outside the warehouse that are read, as they were when the statement was planned. */
    default List<StorageEntry> files() {
        return List.of();
    }

    /** The table function that was called. */
    default Optional<String> function() {
        return Optional.empty();
    }
}
