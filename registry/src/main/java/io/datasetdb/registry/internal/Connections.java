// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Where connections come from; whoever takes one closes it. */
interface Connections extends AutoCloseable {
    Connection take() throws SQLException;

    /** Makes a connection that is in an unknown state come to nobody else. */
    void evict(Connection connection);

    boolean isClosed();

    @Override
    void close();

    /** Connections that are kept for the next who needs one. */
    static Connections pooled(DataSource source) {
        var config = new HikariConfig();
        config.setPoolName("registry");
        config.setDataSource(source);
        config.setMaximumPoolSize(Pooled.MAX_TRANSACTIONS + OpenScans.MAX);
        config.setMinimumIdle(0);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setMaxLifetime(0);
        config.setInitializationFailTimeout(-1);
        return new Pooled(new HikariDataSource(config));
    }

    /** A new connection each time. */
    static Connections fresh(Opener opener) {
        return new Fresh(opener);
    }

    /** Opens the database. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** From a pool. */
    record Pooled(HikariDataSource pool) implements Connections {
        /** How many may be taken at once, beside those that scans hold; a connection costs about 2 MB. */
        private static final int MAX_TRANSACTIONS = 32;

        @Override
        public Connection take() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void evict(Connection connection) {
            pool.evictConnection(connection);
        }

        @Override
        public boolean isClosed() {
            return pool.isClosed();
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /** Without a pool. */
    final class Fresh implements Connections {
        private final Opener opener;
        private volatile boolean closed;

        private Fresh(Opener opener) {
            this.opener = opener;
        }

        @Override
        public Connection take() throws SQLException {
            return opener.open();
        }

        @Override
        public void evict(Connection connection) {}

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
