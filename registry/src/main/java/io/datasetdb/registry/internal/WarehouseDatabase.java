// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/** Opens the registry of a warehouse on SQLite, and creates or migrates it first where that is due. */
public final class WarehouseDatabase {
    /** The newest migration in {@code migration/}. */
    static final String CURRENT_FORMAT = "7";

    private static final String MIGRATIONS = "classpath:io/datasetdb/registry/migration";
    private static final String FORMAT_QUERY =
            "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL ORDER BY installed_rank"
                    + " DESC";
    private static final int BUSY_MILLIS = 5_000;

    /** To how many bytes the log shrinks once nobody reads from what is beyond. */
    private static final int LOG_LIMIT = 4 << 20;

    private final Warehouse warehouse;
    private final Dialect.@Nullable Failure barrier;
    private final DataSource writable;
    private final Connections.Opener opener;
    private final Dialect dialect = new SqliteDialect();
    private final long patienceNanos;

    private WarehouseDatabase(Warehouse warehouse, Dialect.@Nullable Failure barrier, long patienceNanos) {
        this.patienceNanos = patienceNanos;
        this.warehouse = warehouse;
        this.barrier = barrier;
        this.writable = writable(warehouse.database(), false);
        this.opener = barrier != null ? new ReadOnlyFile(warehouse.database()) : writable::getConnection;
    }

    /**
     * Opens the registry; {@code readOnly} leaves everything as it is, and is implied where nothing can be written. A full disk
     * has no room for the files that SQLite writes by, and what is on it can be read all the same.
     */
    public static Database open(Warehouse warehouse, boolean readOnly) {
        return open(warehouse, readOnly, Database.WRITE_PATIENCE_NANOS);
    }

    /** As {@link #open(Warehouse, boolean)}, with another time after which a writer gives up. */
    static Database open(Warehouse warehouse, boolean readOnly, long patienceNanos) {
        boolean unwritable = readOnly || (Files.isDirectory(warehouse.root()) && !warehouse.writable());
        warehouse.claim(unwritable);
        if (unwritable) {
            return new WarehouseDatabase(warehouse, Dialect.Failure.READ_ONLY, patienceNanos).open();
        }
        try {
            return new WarehouseDatabase(warehouse, null, patienceNanos).open();
        } catch (DatasetDbException e) {
            if (e.code() != RegistryError.DISK_FULL) {
                throw e;
            }
            return openFull(warehouse, patienceNanos, e);
        }
    }

    private static Database openFull(Warehouse warehouse, long patienceNanos, DatasetDbException failure) {
        try {
            return new WarehouseDatabase(warehouse, Dialect.Failure.FULL, patienceNanos).open();
        } catch (DatasetDbException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private Database open() {
        boolean absent = warehouse.lacksDatabase();
        if (absent && barrier != null) {
            throw new DatasetDbException(
                    RegistryError.READ_ONLY,
                    "Cannot create the registry: the warehouse is read-only (" + warehouse.root() + ")");
        }
        if (absent) {
            warehouse.exclusively(this::migrate);
        }
        String format = format();
        if (!format.equals(CURRENT_FORMAT)) {
            bringUpToDate(format);
        }
        return new Database(
                barrier != null ? Connections.fresh(opener) : Connections.pooled(writable),
                warehouse.databaseFile(),
                dialect,
                warehouse.root().toString(),
                barrier,
                patienceNanos);
    }

    /** The newest migration that the registry has seen, or empty. Not asked of the pool, which tries for long before it fails. */
    private String format() {
        try (Connection connection = opener.open()) {
            return format(connection).orElse("");
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
                throw unreachable(e);
            }
            throw Database.failure(dialect, "open warehouse", warehouse.root().toString(), e);
        }
    }

    private DatasetDbException unreachable(SQLException cause) {
        String reason;
        if (!Files.isReadable(warehouse.database())) {
            reason = "permission denied for its registry.db";
        } else if (barrier != null) {
            reason = "its last writer was cut off, and somebody who may write to it must open it first";
        } else {
            reason = "its registry.db cannot be opened";
        }
        return new DatasetDbException(
                RegistryError.DATABASE_FAILED,
                "Cannot open warehouse: " + reason + " (" + warehouse.root() + ")",
                cause);
    }

    private Optional<String> format(Connection connection) throws SQLException {
        try {
            return new Sql(connection).first(FORMAT_QUERY, row -> row.getString(1));
        } catch (SQLException e) {
            if (!dialect.isMissingTable(e)) {
                throw e;
            }
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            if (tables.next()) {
                throw new DatasetDbException(
                        RegistryError.NOT_A_WAREHOUSE,
                        "Cannot open warehouse: its registry.db is the database of another program (" + warehouse.root()
                                + ")");
            }
        }
        return Optional.empty();
    }

    private void bringUpToDate(String format) {
        if (!format.isEmpty()
                && MigrationVersion.fromVersion(format).compareTo(MigrationVersion.fromVersion(CURRENT_FORMAT)) > 0) {
            throw new DatasetDbException(
                    RegistryError.NEWER_FORMAT,
                    "Cannot open warehouse: a newer release wrote its registry, this one reads format " + CURRENT_FORMAT
                            + " (" + warehouse.root() + ": " + format + ")");
        }
        if (barrier != null) {
            throw new DatasetDbException(
                    RegistryError.READ_ONLY,
                    "Cannot migrate the registry: the warehouse is read-only (" + warehouse.root() + ")");
        }
        warehouse.exclusively(this::migrate);
    }

    /** Applies what is missing; does nothing if another process has done it meanwhile. */
    private void migrate() {
        var placeholders = new HashMap<>(dialect.placeholders());
        placeholders.put("now", String.valueOf(Times.now()));
        DataSource creating = writable(warehouse.database(), true);
        try {
            try (Connection connection = creating.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
            }
            Flyway.configure()
                    .dataSource(creating)
                    .locations(MIGRATIONS)
                    .failOnMissingLocations(true)
                    .placeholders(placeholders)
                    .load()
                    .migrate();
        } catch (SQLException e) {
            throw migrationFailed(e);
        } catch (FlywayException e) {
            throw migrationFailed(new SQLException(e.getMessage(), e));
        }
    }

    private DatasetDbException migrationFailed(SQLException cause) {
        return Database.failure(
                dialect, "create or migrate the registry", warehouse.root().toString(), cause);
    }

    private static DataSource writable(Path file, boolean create) {
        SQLiteConfig config = config();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(LOG_LIMIT);
        if (!create) {
            // A registry that has vanished must not be replaced by an empty one.
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** What holds for every connection. */
    static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return config;
    }
}
