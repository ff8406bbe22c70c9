// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DropMode;
import io.datasetdb.registry.DropResult;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.registry.VersionState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes tombstones of versions. */
public record DropVersions(DatasetName name, Optional<VersionSelector> selector, DropMode mode) {
    /** Runs inside a transaction. Purging also takes the files of what was dropped before. */
    public DropResult run(Sql sql) throws SQLException {
        List<VersionRow> versions = selector.isPresent() ? List.of(one(sql, selector.get())) : all(sql);
        var dropped = new ArrayList<SemanticVersion>();
        for (VersionRow version : versions) {
            if (version.state() == VersionState.COMPLETE) {
                VersionSql.drop(sql, version.id());
                dropped.add(version.version());
            }
        }
        long datasetId = versions.get(0).datasetId();
        DatasetSql.findLatest(sql, datasetId);
        var removals = new ArrayList<String>();
        if (DatasetSql.find(sql, name).map(DatasetSql.Row::latestVersionId).isEmpty()) {
            removals.addAll(VectorIndexSql.dropAll(sql, datasetId));
        }
        if (mode == DropMode.PURGE) {
            removals.addAll(
                    FileSql.purge(sql, versions.stream().map(VersionRow::id).toList()));
        }
        return new DropResult(dropped, removals);
    }

    private VersionRow one(Sql sql, VersionSelector version) throws SQLException {
        if (mode == DropMode.PURGE && version instanceof VersionSelector.Exact exact) {
            Optional<VersionRow> tombstone = VersionSql.exact(sql, name, exact.version())
                    .filter(row -> row.state() == VersionState.DROPPED && row.purgedAt() == null);
            if (tombstone.isPresent()) {
                return tombstone.get();
            }
        }
        return new VersionLookup(name, version).resolve(sql);
    }

    /** The complete versions, and if they are purged all others whose files are still kept. */
    private List<VersionRow> all(Sql sql) throws SQLException {
        List<VersionRow> versions = VersionSql.all(sql, name).stream()
                .filter(version -> version.state() == VersionState.COMPLETE
                        || mode == DropMode.PURGE && version.purgedAt() == null)
                .toList();
        if (versions.isEmpty()) {
            throw Names.undefined(sql, name);
        }
        return versions;
    }
}
