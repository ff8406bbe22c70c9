// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Project;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** SQL about projects. */
public final class ProjectSql {
    private static final String FIND =
            "SELECT project_id FROM projects WHERE namespace_id = ? AND name_key = ? AND dropped_at IS NULL";
    private static final String NAMES =
            "SELECT name FROM projects WHERE namespace_id = ? AND dropped_at IS NULL ORDER BY name_key";
    private static final String ALL = """
        SELECT n.name, p.name
        FROM projects p JOIN namespaces n ON n.namespace_id = p.namespace_id
        WHERE p.dropped_at IS NULL AND n.dropped_at IS NULL
        ORDER BY n.name_key, p.name_key\
        """;
    private static final String CREATE = """
        INSERT INTO projects (namespace_id, name, name_key, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (namespace_id, name_key)
        DO UPDATE SET name = excluded.name, created_at = excluded.created_at, dropped_at = NULL\
        """;
    private static final String DROP = "UPDATE projects SET dropped_at = ? WHERE project_id = ?";

    private ProjectSql() {}

    public static Optional<Long> find(Sql sql, long namespaceId, String name) throws SQLException {
        return sql.first(FIND, row -> row.getLong(1), namespaceId, DatasetName.key(name));
    }

    public static List<String> names(Sql sql, long namespaceId) throws SQLException {
        return sql.list(NAMES, row -> row.getString(1), namespaceId);
    }

    public static List<Project> all(Sql sql) throws SQLException {
        return sql.list(ALL, row -> new Project(row.getString(1), row.getString(2)));
    }

    /** Creates a project, or revives one that was dropped. */
    public static void create(Sql sql, long namespaceId, String name) throws SQLException {
        sql.update(CREATE, namespaceId, name, DatasetName.key(name), Times.now());
    }

    public static void drop(Sql sql, long projectId) throws SQLException {
        sql.update(DROP, Times.now(), projectId);
    }
}
