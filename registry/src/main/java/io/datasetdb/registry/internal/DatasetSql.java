// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.Dataset;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.SemanticVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL about datasets. */
public final class DatasetSql {
    /** A dataset, readable or not; the highest number is -1 before the first version. */
    public record Row(long id, long highestNumber, @Nullable Long latestVersionId) {}

    private static final String FIND = """
        SELECT d.dataset_id, d.highest_number, d.latest_version_id
        FROM datasets d
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        WHERE d.name_key = ? AND p.name_key = ? AND n.name_key = ?\
        """;
    private static final String ENSURE = """
        INSERT INTO datasets (project_id, name, name_key, kind, labels, highest_number, created_at, updated_at)
        VALUES (?, ?, ?, ?, '', -1, ?, ?)
        ON CONFLICT (project_id, name_key) DO NOTHING\
        """;
    /** Also takes the row's lock on databases that have such locks. */
    private static final String LOCK = """
        UPDATE datasets SET updated_at = ? WHERE project_id = ? AND name_key = ?
        RETURNING dataset_id, highest_number, latest_version_id\
        """;

    private static final String REVIVE =
            "UPDATE datasets SET name = ?, comment = NULL, labels = '', retention = NULL, created_at = ? WHERE"
                    + " dataset_id = ?";
    private static final String ADVANCE =
            "UPDATE datasets SET highest_number = ?, latest_version_id = ? WHERE dataset_id = ?";
    private static final String RELATEST = """
        UPDATE datasets SET updated_at = ?, latest_version_id =
            (SELECT version_id FROM versions v WHERE v.dataset_id = datasets.dataset_id AND v.state = 'COMPLETE'
             ORDER BY number DESC LIMIT 1)
        WHERE dataset_id = ?\
        """;
    private static final String RENAME =
            "UPDATE datasets SET project_id = ?, name = ?, name_key = ?, updated_at = ? WHERE dataset_id = ?";
    private static final String SET_COMMENT = "UPDATE datasets SET comment = ?, updated_at = ? WHERE dataset_id = ?";
    private static final String TOUCH = "UPDATE datasets SET updated_at = ? WHERE dataset_id = ?";
    private static final String SET_LABELS = "UPDATE datasets SET labels = ?, updated_at = ? WHERE dataset_id = ?";
    private static final String CLEAR_COLUMN_COMMENTS = "DELETE FROM column_comments WHERE dataset_id = ?";
    private static final String CLEAR_COLUMN_COMMENT =
            "DELETE FROM column_comments WHERE dataset_id = ? AND name_key = ?";
    private static final String SET_COLUMN_COMMENT = """
        INSERT INTO column_comments (dataset_id, name_key, comment) VALUES (?, ?, ?)
        ON CONFLICT (dataset_id, name_key) DO UPDATE SET comment = excluded.comment\
        """;
    private static final String COLUMN_COMMENTS = "SELECT name_key, comment FROM column_comments WHERE dataset_id = ?";
    private static final String ALL_COLUMN_COMMENTS = "SELECT dataset_id, name_key, comment FROM column_comments";
    private static final String NAMES = """
        SELECT name FROM datasets WHERE project_id = ? AND latest_version_id IS NOT NULL ORDER BY name_key\
        """;
    private static final String LIVE = """
        SELECT d.dataset_id, n.name, p.name, d.name, v.number, d.comment, d.labels, d.created_at, d.updated_at
        FROM datasets d
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        JOIN versions v ON v.version_id = d.latest_version_id
        """;
    private static final String LIVE_BY_NAME = LIVE + "WHERE d.name_key = ? AND p.name_key = ? AND n.name_key = ?";
    private static final String ALL_LIVE =
            LIVE + "WHERE d.kind = 'DATASET' ORDER BY n.name_key, p.name_key, d.name_key";

    private DatasetSql() {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), row.getLong(2), Sql.nullableLong(row, 3));
    }

    public static Optional<Row> find(Sql sql, DatasetName name) throws SQLException {
        return sql.first(
                FIND,
                DatasetSql::row,
                DatasetName.key(name.name()),
                DatasetName.key(name.project()),
                DatasetName.key(name.namespace()));
    }

    /** The row of a dataset, made if there is none, and locked until the transaction ends. */
    static Row lock(Sql sql, long projectId, DatasetName name, String kind, long now) throws SQLException {
        sql.update(ENSURE, projectId, name.name(), DatasetName.key(name.name()), kind, now, now);
        return sql.first(LOCK, DatasetSql::row, now, projectId, DatasetName.key(name.name()))
                .orElseThrow();
    }

    /** Begins a new life of a dataset all of whose versions were dropped. */
    static void revive(Sql sql, long datasetId, String name, long now) throws SQLException {
        sql.update(REVIVE, name, now, datasetId);
        sql.update(CLEAR_COLUMN_COMMENTS, datasetId);
    }

    /** Records that a version is the latest and its number the highest. */
    static void advance(Sql sql, long datasetId, long number, long versionId) throws SQLException {
        sql.update(ADVANCE, number, versionId, datasetId);
    }

    /** Finds the latest version anew. */
    public static void findLatest(Sql sql, long datasetId) throws SQLException {
        sql.update(RELATEST, Times.now(), datasetId);
    }

    public static void rename(Sql sql, long datasetId, long projectId, String name) throws SQLException {
        sql.update(RENAME, projectId, name, DatasetName.key(name), Times.now(), datasetId);
    }

    public static void setComment(Sql sql, long datasetId, @Nullable String comment) throws SQLException {
        sql.update(SET_COMMENT, comment, Times.now(), datasetId);
    }

    public static void setLabels(Sql sql, long datasetId, Map<String, String> labels) throws SQLException {
        sql.update(SET_LABELS, TextList.ofMap(labels), Times.now(), datasetId);
    }

    public static void setColumnComment(Sql sql, long datasetId, String column, @Nullable String comment)
            throws SQLException {
        if (comment == null) {
            sql.update(CLEAR_COLUMN_COMMENT, datasetId, DatasetName.key(column));
        } else {
            sql.update(SET_COLUMN_COMMENT, datasetId, DatasetName.key(column), comment);
        }
        sql.update(TOUCH, Times.now(), datasetId);
    }

    /** Names of the datasets of a project that can be read. */
    public static List<String> names(Sql sql, long projectId) throws SQLException {
        return sql.list(NAMES, row -> row.getString(1), projectId);
    }

    public static Optional<Dataset> live(Sql sql, DatasetName name) throws SQLException {
        Optional<Row> found = find(sql, name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var comments = new HashMap<String, String>();
        sql.list(
                COLUMN_COMMENTS,
                row -> comments.put(row.getString(1), row.getString(2)),
                found.get().id());
        return sql.first(
                LIVE_BY_NAME,
                row -> dataset(row, comments),
                DatasetName.key(name.name()),
                DatasetName.key(name.project()),
                DatasetName.key(name.namespace()));
    }

    /** All datasets that can be read and are no listings, by name. */
    public static List<Dataset> allLive(Sql sql) throws SQLException {
        var comments = new HashMap<Long, Map<String, String>>();
        sql.list(
                ALL_COLUMN_COMMENTS,
                row -> comments.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                        .put(row.getString(2), row.getString(3)));
        return sql.list(ALL_LIVE, row -> dataset(row, comments.getOrDefault(row.getLong(1), Map.of())));
    }

    private static Dataset dataset(ResultSet row, Map<String, String> columnComments) throws SQLException {
        return new Dataset(
                new DatasetName(row.getString(2), row.getString(3), row.getString(4)),
                SemanticVersion.ofNumber(row.getLong(5)),
                row.getString(6),
                TextList.map(row.getString(7)),
                columnComments,
                Times.instant(row.getLong(8)),
                Times.instant(row.getLong(9)));
    }
}
