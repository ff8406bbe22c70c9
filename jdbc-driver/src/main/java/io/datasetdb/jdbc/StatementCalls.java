// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.jdbc.internal.LocalResult;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.jspecify.annotations.Nullable;

/**
 * What plain and prepared statements do alike. Avatica's class hierarchy leaves them no common parent of ours, so that each
 * has one of these and hands the calls on.
 */
final class StatementCalls {
    private final AvaticaStatement statement;
    private final DatasetDbConnection connection;
    private final ResultState results = new ResultState();
    private volatile boolean executing;

    /** A call of Avatica's own code. */
    interface Call {
        void run() throws SQLException;
    }

    /** One command of a batch. */
    interface Command {
        long run(int index) throws SQLException;
    }

    StatementCalls(AvaticaStatement statement, DatasetDbConnection connection) {
        this.statement = statement;
        this.connection = connection;
    }

    /** The value of a setting that cannot be negative. */
    static int notNegative(String what, int value) throws SQLException {
        return (int) notNegative(what, (long) value);
    }

    static long notNegative(String what, long value) throws SQLException {
        if (value < 0) {
            throw Failures.of("Cannot set the " + what + ": it must not be negative (" + value + ")", "22023", null);
        }
        return value;
    }

    void checkOpen() throws SQLException {
        if (connection.isClosed()) {
            throw Failures.of("Cannot use the statement: its connection is closed", "08003", null);
        }
        if (statement.isClosed()) {
            throw Failures.of("Cannot use the statement: it is closed", "HY010", null);
        }
    }

    /** A connection takes its statements with it. */
    boolean isConnectionClosed() throws SQLException {
        return connection.isClosed();
    }

    /** Avatica's own execution. */
    interface Query<T> {
        T run() throws SQLException;
    }

    /** Runs what executes the statement. */
    <T> T execute(Query<T> query) throws SQLException {
        executing = true;
        try {
            return query.run();
        } catch (SQLException | RuntimeException e) {
            throw Failures.sql(e);
        } finally {
            executing = false;
        }
    }

    /** After an execution whose first result is this one. */
    void executed(@Nullable AvaticaResultSet result) throws SQLException {
        results.executed(result);
    }

    /** The count that an {@code executeUpdate} returns; it has no use for the row. */
    long changes(@Nullable AvaticaResultSet result) throws SQLException {
        return results.changes(result);
    }

    /** Runs a batch; the first command that fails ends it, and the exception says how many were done. */
    long[] batch(int size, Command command) throws SQLException {
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            try {
                counts[i] = command.run(i);
            } catch (SQLException e) {
                throw new BatchUpdateException(
                        e.getMessage(), e.getSQLState(), e.getErrorCode(), Arrays.copyOf(counts, i), e);
            }
        }
        return counts;
    }

    long updateCount() throws SQLException {
        checkOpen();
        return results.updateCount();
    }

    int smallUpdateCount() throws SQLException {
        return (int) Math.min(Integer.MAX_VALUE, updateCount());
    }

    /** Moves on to the next result, which never is a result set. */
    void more(@Nullable AvaticaResultSet open, int current) throws SQLException {
        checkOpen();
        if (open != null && current != Statement.KEEP_CURRENT_RESULT) {
            open.close();
        }
        results.more();
    }

    /**
     * Asks the engine to end what the statement runs, which is nothing if it is closed: who cancels cannot know. Avatica's own
     * flag is left alone: it would never be taken back.
     */
    void cancel() throws SQLException {
        if (statement.isClosed() || connection.isClosed()) {
            return;
        }
        try {
            connection.clientMeta().cancel(statement.handle);
        } catch (RuntimeException e) {
            throw Failures.sql(e);
        }
    }

    /** Closes the statement, first ending what another thread runs with it: that thread may hold what closing waits for. */
    void close(Call closing) throws SQLException {
        if (connection.isClosed()) {
            // It took its statements with it.
            return;
        }
        if (executing) {
            cancel();
        }
        try {
            closing.run();
        } catch (SQLException | RuntimeException e) {
            throw Failures.sql(e);
        }
    }

    /** Deposits make no keys. */
    ResultSet noKeys() throws SQLException {
        checkOpen();
        return LocalResult.of(Schema.of(Field.of("GENERATED_KEY", DataType.BIGINT)), List.of());
    }
}
