// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The registry's database: short transactions on pooled connections, for any number of threads. Every failure leaves as a
 * {@link DatasetDbException} that says what was being done.
 */
public final class Database implements AutoCloseable {
    /** How long a writer waits before it gives up the lock that writers of other processes hold. */
    static final long WRITE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What a transaction does; may be run several times, so it must not change anything but the database. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Sql sql) throws SQLException;
    }

    private final Connections connections;
    private final OpenScans scans = new OpenScans();
    private final DatabaseFile file;
    private final Dialect dialect;
    private final String place;
    private final Dialect.@Nullable Failure barrier;
    private final long patienceNanos;

    /** Writers of this process queue here, so that they do not compete for the database's lock by polling. */
    private final ReentrantLock writers = new ReentrantLock(true);

    /** {@code barrier} is what keeps everything from being written, {@code null} if nothing does. */
    Database(
            Connections connections,
            DatabaseFile file,
            Dialect dialect,
            String place,
            Dialect.@Nullable Failure barrier,
            long patienceNanos) {
        this.connections = connections;
        this.file = file;
        this.dialect = dialect;
        this.place = place;
        this.barrier = barrier;
        this.patienceNanos = patienceNanos;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The newest migration that this release knows, and after opening the database too. */
    public String format() {
        return WarehouseDatabase.CURRENT_FORMAT;
    }

    public boolean readOnly() {
        return barrier != null;
    }

    /** Runs queries that all see the same state. {@code action} completes the sentence "Cannot …". */
    public <T extends @Nullable Object> T read(String action, Work<T> work) {
        return reading(action, connection -> {
            dialect.beginRead(connection);
            try {
                return work.run(new Sql(connection));
            } finally {
                end(connection, "COMMIT");
            }
        });
    }

    /** What is wrong with the database itself, a line each. */
    public List<String> damages() {
        return read("check the registry", dialect::damages);
    }

    /** Runs one query. */
    public <T extends @Nullable Object> T query(String action, Work<T> work) {
        return reading(action, connection -> work.run(new Sql(connection)));
    }

    private interface Reading<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    private <T extends @Nullable Object> T reading(String action, Reading<T> work) {
        try (Connection connection = connection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failure(action, e);
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreadable(action, e);
        }
    }

    /** The exception for rows that are there and do not say what they should: somebody or something has changed them. */
    public DatasetDbException unreadable(String action, RuntimeException cause) {
        return new DatasetDbException(
                RegistryError.DAMAGED,
                "Cannot " + action + ": the registry is damaged, a row of it cannot be read (" + place + ")",
                cause);
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Statements on a connection that {@link #open} handed out. */
    public static Sql sql(Connection connection) {
        return new Sql(connection);
    }

    /** A connection for a result that outlives this call; the caller closes it. */
    public OpenScans.Held open(String action) {
        try {
            return scans.hold(action, this::connection);
        } catch (SQLException e) {
            throw failure(action, e);
        }
    }

    /** Runs a transaction that is durable once this returns and has no effect if it throws. */
    public <T extends @Nullable Object> T write(String action, Work<T> work) {
        if (barrier != null) {
            throw new DatasetDbException(
                    barrier.error(),
                    "Cannot " + action + ": "
                            + (barrier == Dialect.Failure.FULL
                                    ? "the disk was full when the warehouse was opened"
                                    : "the warehouse is read-only")
                            + " (" + place + ")");
        }
        // Whoever queued behind others that waited in vain does not wait as long again, but once.
        long deadline = System.nanoTime() + patienceNanos;
        writers.lock();
        try {
            while (true) {
                try {
                    return attempt(work);
                } catch (SQLException e) {
                    if (dialect.meaning(e) != Dialect.Failure.BUSY || System.nanoTime() - deadline > 0) {
                        throw failure(action, e);
                    }
                }
            }
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreadable(action, e);
        } finally {
            writers.unlock();
        }
    }

    private <T extends @Nullable Object> T attempt(Work<T> work) throws SQLException {
        Connection connection = connection();
        boolean committed = false;
        try {
            dialect.beginWrite(connection);
            T result;
            try {
                result = work.run(new Sql(connection));
                commit(connection);
                committed = true;
            } finally {
                if (!committed) {
                    end(connection, "ROLLBACK");
                }
            }
            return result;
        } finally {
            release(connection);
        }
    }

    /** Whether this returns or throws says whether the transaction took place; what comes after has no say in that. */
    private static void commit(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        try {
            statement.execute("COMMIT");
        } finally {
            closeQuietly(statement);
        }
    }

    private void release(Connection connection) {
        if (!closeQuietly(connection)) {
            connections.evict(connection);
        }
    }

    private static boolean closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
            return true;
        } catch (Exception e) {
            System.getLogger(Database.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
            return false;
        }
    }

    /** Ends a transaction of which nothing is kept; one that the database has ended by itself is fine too. */
    private void end(Connection connection, String verb) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(verb);
        } catch (SQLException e) {
            if (!dialect.isMissingTransaction(e)) {
                connections.evict(connection);
            }
        }
    }

    private Connection connection() throws SQLException {
        if (connections.isClosed()) {
            throw new DatasetDbException(
                    RegistryError.CLOSED, "Cannot use the registry: it was closed (" + place + ")");
        }
        file.require();
        return connections.take();
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
            case DAMAGED -> "the registry is damaged, " + oneLine(String.valueOf(cause.getMessage()));
            case OTHER -> oneLine(String.valueOf(cause.getMessage()));
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
        connections.close();
    }
}
