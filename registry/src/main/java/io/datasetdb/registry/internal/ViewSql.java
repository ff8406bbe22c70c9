// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL about views. */
public final class ViewSql {
    private static final String ALL = """
        SELECT n.name, p.name, w.name, w.comment, w.columns, w.query, w.default_namespace, w.default_project,
            w.statement, w.author, w.created_at
        FROM views w
        JOIN projects p ON p.project_id = w.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        """;
    private static final String BY_NAME = "WHERE w.name_key = ? AND p.name_key = ? AND n.name_key = ?";
    private static final String BY_ORDER = "ORDER BY n.name_key, p.name_key, w.name_key";
    private static final String NAMES = "SELECT name FROM views WHERE project_id = ? ORDER BY name_key";
    private static final String SAVE = """
        INSERT INTO views (project_id, name, name_key, comment, columns, query, default_namespace, default_project,
            statement, author, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (project_id, name_key) DO UPDATE SET name = excluded.name, comment = coalesce(excluded.comment, views.comment),
            columns = excluded.columns, query = excluded.query, default_namespace = excluded.default_namespace,
            default_project = excluded.default_project, statement = excluded.statement, author = excluded.author,
            created_at = excluded.created_at\
        """;
    private static final String DELETE = "DELETE FROM views WHERE project_id = ? AND name_key = ?";
    private static final String RENAME =
            "UPDATE views SET project_id = ?, name = ?, name_key = ? WHERE project_id = ? AND name_key = ?";
    private static final String SET_COMMENT = "UPDATE views SET comment = ? WHERE project_id = ? AND name_key = ?";

    private ViewSql() {}

    public static Optional<View> find(Sql sql, DatasetName name) throws SQLException {
        return sql.first(
                ALL + BY_NAME,
                ViewSql::row,
                DatasetName.key(name.name()),
                DatasetName.key(name.project()),
                DatasetName.key(name.namespace()));
    }

    /** All views, by name. */
    public static List<View> all(Sql sql) throws SQLException {
        return sql.list(ALL + BY_ORDER, ViewSql::row);
    }

    static List<String> names(Sql sql, long projectId) throws SQLException {
        return sql.list(NAMES, row -> row.getString(1), projectId);
    }

    /** Creates a view, or takes the place of the one of this name. */
    static void save(Sql sql, long projectId, View view) throws SQLException {
        sql.update(
                SAVE,
                projectId,
                view.name().name(),
                DatasetName.key(view.name().name()),
                view.comment(),
                TextList.ofItems(view.columns()),
                view.query(),
                view.defaultNamespace(),
                view.defaultProject(),
                view.statement(),
                view.author(),
                Times.micros(view.createdAt()));
    }

    static void delete(Sql sql, long projectId, String name) throws SQLException {
        sql.update(DELETE, projectId, DatasetName.key(name));
    }

    static void rename(Sql sql, long fromProject, String from, long toProject, String to) throws SQLException {
        sql.update(RENAME, toProject, to, DatasetName.key(to), fromProject, DatasetName.key(from));
    }

    static void setComment(Sql sql, long projectId, String name, @Nullable String comment) throws SQLException {
        sql.update(SET_COMMENT, comment, projectId, DatasetName.key(name));
    }

    private static View row(ResultSet row) throws SQLException {
        return new View(
                new DatasetName(row.getString(1), row.getString(2), row.getString(3)),
                row.getString(4),
                TextList.items(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                Times.instant(row.getLong(11)));
    }
}
