// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.registry.VersionState;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the one version that a name and a selector mean. */
public record VersionLookup(DatasetName name, VersionSelector selector) {
    /** All versions of a dataset, the highest first. */
    public static List<VersionRow> all(Sql sql, DatasetName name) throws SQLException {
        return VersionSql.all(sql, name);
    }

    /** The version, if it is there and was not dropped. */
    public Optional<VersionRow> find(Sql sql) throws SQLException {
        return candidate(sql).filter(version -> version.state() == VersionState.COMPLETE);
    }

    /** The version, or the error that says why there is none. */
    public VersionRow resolve(Sql sql) throws SQLException {
        Optional<VersionRow> candidate = candidate(sql);
        if (candidate.isEmpty()) {
            Names.dataset(sql, name);
            throw Names.noSuchVersion(sql, name, selector.toString());
        }
        if (candidate.get().state() == VersionState.DROPPED) {
            throw Names.dropped(name, candidate.get().version());
        }
        return candidate.get();
    }

    /** The version, dropped or not, or the error that says why there is none; of a dropped dataset the highest. */
    public VersionRow known(Sql sql) throws SQLException {
        Optional<VersionRow> candidate = candidate(sql);
        if (candidate.isEmpty() && selector.equals(VersionSelector.LATEST)) {
            candidate = all(sql, name).stream().findFirst();
        }
        return candidate.isPresent() ? candidate.get() : resolve(sql);
    }

    private Optional<VersionRow> candidate(Sql sql) throws SQLException {
        if (selector instanceof VersionSelector.Exact exact) {
            return VersionSql.exact(sql, name, exact.version());
        }
        if (selector instanceof VersionSelector.AsOf asOf) {
            return VersionSql.asOf(sql, name, Times.micros(asOf.time()));
        }
        if (selector instanceof VersionSelector.Range range) {
            for (SemanticVersion version : VersionSql.numbers(sql, name, VersionState.COMPLETE)) {
                if (range.matches(version)) {
                    return VersionSql.exact(sql, name, version);
                }
            }
            return Optional.empty();
        }
        return VersionSql.latest(sql, name);
    }
}
