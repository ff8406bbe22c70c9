// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** SQL about namespaces. */
public final class NamespaceSql {
    private static final String FIND = "SELECT namespace_id FROM namespaces WHERE name_key = ? AND dropped_at IS NULL";
    private static final String NAMES = "SELECT name FROM namespaces WHERE dropped_at IS NULL ORDER BY name_key";
    private static final String CREATE = """
        INSERT INTO namespaces (name, name_key, created_at) VALUES (?, ?, ?)
        ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, created_at = excluded.created_at, dropped_at = NULL\
        """;
    private static final String DROP = "UPDATE namespaces SET dropped_at = ? WHERE namespace_id = ?";

    private NamespaceSql() {}

    public static Optional<Long> find(Sql sql, String name) throws SQLException {
        return sql.first(FIND, row -> row.getLong(1), DatasetName.key(name));
    }

    public static List<String> names(Sql sql) throws SQLException {
        return sql.list(NAMES, row -> row.getString(1));
    }

    /** Creates a namespace, or revives one that was dropped. */
    public static void create(Sql sql, String name) throws SQLException {
        sql.update(CREATE, name, DatasetName.key(name), Times.now());
    }

    public static void drop(Sql sql, long namespaceId) throws SQLException {
        sql.update(DROP, Times.now(), namespaceId);
    }
}
