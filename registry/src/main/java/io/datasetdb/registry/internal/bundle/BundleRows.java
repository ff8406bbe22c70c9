// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.internal.Sql;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of any table by the names of their columns, so that what a release adds to a table travels with no more ado. */
final class BundleRows {
    /** The tables whose rows belong to versions, but for files. A test compares the list with the registry. */
    static final List<String> OF_VERSIONS = List.of(
            "version_columns",
            "dependencies",
            "column_lineage",
            "params",
            "function_uses",
            "metrics",
            "recipes",
            "recipe_inputs");

    /** Ids mean nothing in another registry. */
    private static final Set<String> IDS =
            Set.of("version_id", "dataset_id", "project_id", "script_id", "function_id", "latest_version_id");

    /** How columns end that refer to other versions; those are there as uuids. */
    private static final String VERSION_ID = "_version_id";

    private static final String UUID = "SELECT uuid FROM versions WHERE version_id = ?";

    private final Sql sql;
    private final Map<String, List<Column>> columns = new HashMap<>();

    /** {@code required}: a row without a value is refused. */
    private record Column(String name, boolean required) {}

    BundleRows(Sql sql) {
        this.sql = sql;
    }

    /** All rows that a query yields. */
    List<Map<String, @Nullable Object>> read(String query, @Nullable Object... arguments) throws SQLException {
        List<Map<String, @Nullable Object>> rows = sql.list(query, BundleRows::row, arguments);
        for (Map<String, @Nullable Object> row : rows) {
            for (Map.Entry<String, @Nullable Object> entry : row.entrySet()) {
                if (isReference(entry.getKey()) && entry.getValue() != null) {
                    entry.setValue(sql.first(UUID, version -> version.getString(1), entry.getValue())
                            .orElseThrow());
                }
            }
        }
        return rows;
    }

    /** Whether a column refers to another version than the one that its row belongs to. */
    static boolean isReference(String column) {
        return column.endsWith(VERSION_ID);
    }

    private static Map<String, @Nullable Object> row(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
            if (!IDS.contains(name)) {
                values.put(name, value(row, i, columns.getColumnType(i)));
            }
        }
        return values;
    }

    private static @Nullable Object value(ResultSet row, int column, int type) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            return null;
        }
        if (type == Types.BOOLEAN) {
            return row.getBoolean(column);
        }
        if (value instanceof Double || value instanceof Float) {
            return row.getDouble(column);
        }
        return value instanceof Number ? (Object) row.getLong(column) : row.getString(column);
    }

    /**
     * Inserts a row: of {@code values} what the table has columns for, and all of {@code own}.
     *
     * @param returning the column whose value is answered
     * @throws DatasetDbException {@link RegistryError#BAD_BUNDLE} if a value is missing
     */
    long insert(
            String table,
            Map<String, @Nullable Object> values,
            Map<String, @Nullable Object> own,
            @Nullable String returning)
            throws SQLException {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        // Names of columns come from a file: only those that the table really has become part of the statement.
        for (Column column : columns(table)) {
            String name = column.name;
            boolean given = values.containsKey(name) && !IDS.contains(name);
            if (given) {
                all.put(name, values.get(name));
            }
            if (column.required && !own.containsKey(name) && !name.equals(returning) && values.get(name) == null) {
                throw new DatasetDbException(
                        RegistryError.BAD_BUNDLE,
                        "Cannot import bundle: its manifest lacks a value (" + table + "." + name + ")");
            }
        }
        all.putAll(own);
        String statement = "INSERT INTO " + table + " (" + String.join(", ", all.keySet()) + ") VALUES ("
                + Sql.marks(all.size()) + ")";
        @Nullable Object[] arguments = new ArrayList<>(all.values()).toArray();
        if (returning == null) {
            return sql.update(statement, arguments);
        }
        return sql.number(statement + " RETURNING " + returning, arguments);
    }

    private List<Column> columns(String table) throws SQLException {
        List<Column> known = columns.get(table);
        if (known == null) {
            known = sql.columns(
                    table,
                    row -> new Column(
                            row.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                            row.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls
                                    && row.getString("COLUMN_DEF") == null));
            columns.put(table, known);
        }
        return known;
    }
}
