// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Results that are read bit by bit, each of which holds a connection for as long as its reader likes. There are only so many,
 * so that those who forget to close them take no connection from transactions.
 */
public final class OpenScans {
    static final int MAX = 64;
    private static final long PATIENCE_SECONDS = 2;

    private final Semaphore free = new Semaphore(MAX);

    /** A connection that nobody else has until it is closed, once. */
    public record Held(Connection connection, Semaphore free) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            try (connection) {
                free.release();
            }
        }
    }

    /** Opens a connection. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** {@code action} completes the sentence "Cannot …". */
    Held hold(String action, Opener opener) throws SQLException {
        if (!acquire()) {
            throw new DatasetDbException(
                    RegistryError.TOO_MANY_SCANS,
                    "Cannot " + action
                            + ": too many results of system tables are open, read them to their end or close them ("
                            + MAX + ")");
        }
        boolean opened = false;
        try {
            Held held = new Held(opener.open(), free);
            opened = true;
            return held;
        } finally {
            if (!opened) {
                free.release();
            }
        }
    }

    /** Most results are short, and somebody is about to be through with one. */
    private boolean acquire() {
        try {
            return free.tryAcquire() || free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
