// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection, inside one transaction. Arguments are String, Integer, Long, Double, Boolean or {@code
 * null}. Plain JDBC, because loading an object mapper costs a new process more than everything the registry does.
 */
public final class Sql {
    /** Makes an object of the row at which the result stands. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Binds one row of a batch. */
    @FunctionalInterface
    public interface RowArguments<T> {
        @Nullable
        Object[] of(T row, int ordinal);
    }

    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement without result; answers the number of rows it changed. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a statement once per row of {@code rows}, which are numbered from 1. */
    public <T> void batch(String sql, List<T> rows, RowArguments<T> arguments) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows.size(); i++) {
                bind(statement, arguments.of(rows.get(i), i + 1));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** All rows. */
    public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet result = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(mapper.map(result));
            }
            return rows;
        }
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.of(mapper.map(result)) : Optional.empty();
        }
    }

    /** The columns of a table, as {@link java.sql.DatabaseMetaData#getColumns} has them. */
    public <T> List<T> columns(String table, Mapper<T> mapper) throws SQLException {
        try (ResultSet columns = connection.getMetaData().getColumns(null, connection.getSchema(), table, null)) {
            var rows = new ArrayList<T>();
            while (columns.next()) {
                rows.add(mapper.map(columns));
            }
            return rows;
        }
    }

    /** The number in the first column of the one row that a query or an INSERT … RETURNING yields. */
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
        return first(sql, row -> row.getLong(1), arguments).orElseThrow(() -> new SQLException("no row from: " + sql));
    }

    /** A statement with its arguments, which the caller closes. */
    public PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(statement, arguments);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (argument instanceof String text) {
                statement.setString(i + 1, text);
            } else if (argument instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (argument instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (argument instanceof Boolean bool) {
                statement.setBoolean(i + 1, bool);
            } else if (argument instanceof Double number) {
                statement.setDouble(i + 1, number);
            } else {
                throw new IllegalArgumentException("argument of " + argument.getClass());
            }
        }
    }

    /** A BIGINT that may be NULL. */
    public static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** {@code count} question marks with commas between them. */
    public static String marks(int count) {
        return "?, ".repeat(count - 1) + "?";
    }
}
