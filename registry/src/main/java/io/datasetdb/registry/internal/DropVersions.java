// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DropMode;
import io.datasetdb.registry.DropResult;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.registry.VersionState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes tombstones of versions. */
public record DropVersions(DatasetName name, Optional<VersionSelector> selector, DropMode mode) {
    /** Runs inside a transaction. */
    public DropResult run(Sql sql) throws SQLException {
        List<VersionRow> versions =
                selector.isPresent() ? List.of(new VersionLookup(name, selector.get()).resolve(sql)) : complete(sql);
        for (VersionRow version : versions) {
            VersionSql.drop(sql, version.id());
        }
        long datasetId = versions.get(0).datasetId();
        DatasetSql.findLatest(sql, datasetId);
        List<String> removals = List.of();
        if (mode == DropMode.PURGE) {
            // Purging a whole dataset also takes what was dropped of it before.
            List<Long> ids = selector.isPresent() ? List.of(versions.get(0).id()) : FileSql.purgeableOf(sql, datasetId);
            removals = FileSql.purge(sql, ids);
        }
        return new DropResult(versions.stream().map(VersionRow::version).toList(), removals);
    }

    private List<VersionRow> complete(Sql sql) throws SQLException {
        Names.dataset(sql, name);
        var complete = new ArrayList<>(VersionSql.all(sql, name));
        complete.removeIf(version -> version.state() != VersionState.COMPLETE);
        return complete;
    }

    /** Gives up the files of versions that were dropped before a time. */
    public static List<String> purge(Sql sql, Instant droppedBefore) throws SQLException {
        return FileSql.purge(sql, FileSql.purgeable(sql, droppedBefore));
    }
}
