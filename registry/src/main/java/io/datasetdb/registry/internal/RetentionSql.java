// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.RegistryError;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** SQL about how many versions datasets keep. */
public final class RetentionSql {
    /** Beyond what the dataset keeps; never the latest. */
    private static final String EXCESS = """
        SELECT v.version_id
        FROM datasets d JOIN versions v ON v.dataset_id = d.dataset_id
        WHERE d.retention IS NOT NULL AND v.state = 'COMPLETE' AND v.version_id <> d.latest_version_id
            AND (SELECT count(*) FROM versions w
                 WHERE w.dataset_id = d.dataset_id AND w.state = 'COMPLETE' AND w.number > v.number) >= d.retention\
        """;

    private static final String EXCESS_OF_DATASET = EXCESS + " AND d.dataset_id = ?";
    private static final String SELECT = "SELECT retention FROM datasets WHERE dataset_id = ?";
    private static final String SET = "UPDATE datasets SET retention = ?, updated_at = ? WHERE dataset_id = ?";

    private RetentionSql() {}

    public static OptionalLong of(Sql sql, long datasetId) throws SQLException {
        return sql.first(SELECT, row -> Objects.requireNonNullElse(Sql.nullableLong(row, 1), -1L), datasetId)
                .filter(kept -> kept > 0)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    public static void set(Sql sql, DatasetName name, OptionalLong versions) throws SQLException {
        DatasetSql.Row dataset = Names.dataset(sql, name);
        if (versions.isPresent() && versions.getAsLong() < 1) {
            throw new DatasetDbException(
                    RegistryError.INVALID_RETENTION,
                    "Cannot set retention of dataset " + name + ": at least the latest version is kept ("
                            + versions.getAsLong() + ")");
        }
        sql.update(SET, versions.isPresent() ? versions.getAsLong() : null, Times.now(), dataset.id());
    }

    /** Versions of all datasets that are beyond what is kept. */
    static List<Long> excess(Sql sql) throws SQLException {
        return sql.list(EXCESS, row -> row.getLong(1));
    }

    /** Drops those versions of a dataset that are beyond what it keeps. */
    static void dropExcess(Sql sql, long datasetId) throws SQLException {
        for (long id : sql.list(EXCESS_OF_DATASET, row -> row.getLong(1), datasetId)) {
            VersionSql.drop(sql, id);
        }
    }
}
