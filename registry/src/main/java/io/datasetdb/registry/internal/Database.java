// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The registry's database: short transactions on pooled connections, for any number of threads. Every failure leaves as a
 * {@link DatasetDbException} that says what was being done.
 */
public final class Database implements AutoCloseable {
    /** How long a writer waits for writers of other processes before it gives up. */
    static final long WRITE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Connections that scans may hold open at once; one costs about 2 MB. */
    private static final int MAX_CONNECTIONS = 32;

    /** What a transaction does; may be run several times, so it must not change anything but the database. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Sql sql) throws SQLException;
    }

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final String place;
    private final boolean readOnly;

    /** Writers of this process queue here, so that they do not compete for the database's lock by polling. */
    private final ReentrantLock writers = new ReentrantLock(true);

    Database(DataSource source, Dialect dialect, String place, boolean readOnly) {
        this.dialect = dialect;
        this.place = place;
        this.readOnly = readOnly;
        var config = new HikariConfig();
        config.setPoolName("registry");
        config.setDataSource(source);
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setMaxLifetime(0);
        config.setReadOnly(readOnly);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    Dialect dialect() {
        return dialect;
    }

    public boolean readOnly() {
        return readOnly;
    }

    /** Runs queries that all see the same state. {@code action} completes the sentence "Cannot …". */
    public <T extends @Nullable Object> T read(String action, Work<T> work) {
        try (Connection connection = connection()) {
            dialect.beginRead(connection);
            try {
                return work.run(new Sql(connection));
            } finally {
                end(connection, "COMMIT");
            }
        } catch (SQLException e) {
            throw failure(action, e);
        }
    }

    /** Runs one query. */
    public <T extends @Nullable Object> T query(String action, Work<T> work) {
        try (Connection connection = connection()) {
            return work.run(new Sql(connection));
        } catch (SQLException e) {
            throw failure(action, e);
        }
    }

    /** Statements on a connection that {@link #open} handed out. */
    public static Sql sql(Connection connection) {
        return new Sql(connection);
    }

    /** A connection for a result that outlives this call; the caller closes it. */
    public Connection open(String action) {
        try {
            return connection();
        } catch (SQLException e) {
            throw failure(action, e);
        }
    }

    /** Runs a transaction that is durable once this returns and has no effect if it throws. */
    public <T extends @Nullable Object> T write(String action, Work<T> work) {
        if (readOnly) {
            throw new DatasetDbException(
                    RegistryError.READ_ONLY, "Cannot " + action + ": the warehouse is read-only (" + place + ")");
        }
        writers.lock();
        try {
            long deadline = System.nanoTime() + WRITE_PATIENCE_NANOS;
            while (true) {
                try {
                    return attempt(work);
                } catch (SQLException e) {
                    if (dialect.meaning(e) != Dialect.Failure.BUSY || System.nanoTime() > deadline) {
                        throw failure(action, e);
                    }
                }
            }
        } finally {
            writers.unlock();
        }
    }

    private <T extends @Nullable Object> T attempt(Work<T> work) throws SQLException {
        try (Connection connection = connection()) {
            dialect.beginWrite(connection);
            boolean done = false;
            try {
                T result = work.run(new Sql(connection));
                try (Statement statement = connection.createStatement()) {
                    statement.execute("COMMIT");
                }
                done = true;
                return result;
            } finally {
                if (!done) {
                    end(connection, "ROLLBACK");
                }
            }
        }
    }

    /** Ends a transaction of which nothing is kept; one that the database has ended by itself is fine too. */
    private void end(Connection connection, String verb) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(verb);
        } catch (SQLException e) {
            if (!dialect.isMissingTransaction(e)) {
                pool.evictConnection(connection);
            }
        }
    }

    private Connection connection() throws SQLException {
        if (pool.isClosed()) {
            throw new DatasetDbException(
                    RegistryError.CLOSED, "Cannot use the registry: it was closed (" + place + ")");
        }
        return pool.getConnection();
    }

    /** The exception that users see. */
    public DatasetDbException failure(String action, SQLException failure) {
        return failure(dialect, action, place, failure);
    }

    static DatasetDbException failure(Dialect dialect, String action, String place, SQLException failure) {
        SQLException cause = root(failure);
        Dialect.Failure meaning = dialect.meaning(cause);
        String reason = switch (meaning) {
            case BUSY -> "other processes kept the registry locked";
            case FULL -> "the disk is full";
            case READ_ONLY -> "the warehouse is read-only";
            case DAMAGED -> "the registry is damaged, " + cause.getMessage();
            case OTHER -> String.valueOf(cause.getMessage());
        };
        return new DatasetDbException(
                meaning.error(), "Cannot " + action + ": " + reason + " (" + place + ")", failure);
    }

    /** The failure that the database itself reported; the pool wraps it. */
    private static SQLException root(SQLException failure) {
        SQLException root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException inner) {
                root = inner;
            }
        }
        return root;
    }

    @Override
    public void close() {
        pool.close();
    }
}
