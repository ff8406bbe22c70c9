// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The oracle: the same file read by DuckDB. */
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Column names and types in the words of ours, then the rows. */
    List<List<Object>> read(String function, Path file) throws SQLException {
        List<List<Object>> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + function + "('" + file + "')")) {
            ResultSetMetaData columns = rows.getMetaData();
            List<Object> header = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                header.add(columns.getColumnName(i) + " " + type(columns.getColumnTypeName(i)));
            }
            result.add(header);
            while (rows.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    Object value = columns.getColumnTypeName(i).equals("TIMESTAMP")
                            ? rows.getObject(i, LocalDateTime.class)
                            : rows.getObject(i);
                    row.add(normal(value));
                }
                result.add(row);
            }
        }
        return result;
    }

    private static String type(String name) {
        if (name.endsWith("[]")) {
            return type(name.substring(0, name.length() - 2)) + " ARRAY";
        }
        return name.replace("STRUCT(", "ROW(")
                .replace("HUGEINT", "DECIMAL(38, 0)")
                .replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE")
                .replace("\"NULL\"", "VARCHAR")
                .replace("MAP(VARCHAR, JSON)", "MAP<VARCHAR, VARCHAR>")
                .replace("JSON", "VARCHAR")
                .replace("[]", " ARRAY");
    }

    /** A value as text in which the classes of both sides look alike. */
    static Object normal(Object value) {
        try {
            if (value instanceof Array array) {
                return normal(Arrays.asList((Object[]) array.getArray()));
            }
            if (value instanceof Struct struct) {
                return normal(Arrays.asList(struct.getAttributes()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(element -> result.add(normal(element)));
            return result;
        }
        if (value instanceof java.time.OffsetDateTime time) {
            return time.toInstant().toString();
        }
        return value == null ? null : value.toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
