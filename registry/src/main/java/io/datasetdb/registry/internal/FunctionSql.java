// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.FunctionDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** SQL about functions of users. */
public final class FunctionSql {
    private static final String INSERT = """
            INSERT INTO functions (function_name, name_key, signature, kind, class_name, jar_path, jar_sha256, source, author,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name_key, signature) DO NOTHING""";
    private static final String DELETE_ONE = "DELETE FROM functions WHERE name_key = ? AND signature = ?";
    private static final String DELETE = "DELETE FROM functions WHERE name_key = ?";
    private static final String ALL = """
            SELECT function_name, signature, kind, class_name, jar_path, jar_sha256, source, author, created_at
            FROM functions ORDER BY name_key, signature""";

    private FunctionSql() {}

    /** Answers false if there is such a function already. */
    public static boolean insert(Sql sql, FunctionDefinition function) throws SQLException {
        return sql.update(
                        INSERT,
                        function.name(),
                        DatasetName.key(function.name()),
                        function.signature(),
                        function.kind().name(),
                        function.className(),
                        function.jarPath(),
                        function.jarSha256(),
                        function.source(),
                        function.author(),
                        Times.micros(function.createdAt()))
                > 0;
    }

    public static void delete(Sql sql, String name, String signature) throws SQLException {
        sql.update(DELETE_ONE, DatasetName.key(name), signature);
    }

    /** Deletes all overloads; answers how many there were. */
    public static int delete(Sql sql, String name) throws SQLException {
        return sql.update(DELETE, DatasetName.key(name));
    }

    public static List<FunctionDefinition> all(Sql sql) throws SQLException {
        return sql.list(ALL, FunctionSql::row);
    }

    private static FunctionDefinition row(ResultSet row) throws SQLException {
        return new FunctionDefinition(
                row.getString(1),
                row.getString(2),
                FunctionDefinition.Kind.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                Times.instant(row.getLong(9)));
    }
}
