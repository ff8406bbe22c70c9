// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** Opens the registry of a warehouse on SQLite, and creates or migrates it first where that is due. */
public final class WarehouseDatabase {
    /** The newest migration in {@code migration/}. */
    static final String CURRENT_FORMAT = "1";

    private static final String MIGRATIONS = "classpath:io/datasetdb/registry/migration";
    private static final String FORMAT_QUERY =
            "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC";
    private static final int BUSY_MILLIS = 5_000;

    private final Warehouse warehouse;
    private final boolean readOnly;
    private final DataSource source;
    private final Dialect dialect = new SqliteDialect();

    private WarehouseDatabase(Warehouse warehouse, boolean readOnly) {
        this.warehouse = warehouse;
        this.readOnly = readOnly;
        this.source = source(warehouse.database(), readOnly);
    }

    /** Opens the registry; {@code readOnly} leaves everything as it is, and is implied where nothing can be written. */
    public static Database open(Warehouse warehouse, boolean readOnly) {
        boolean unwritable = readOnly || (Files.isDirectory(warehouse.root()) && !warehouse.writable());
        warehouse.claim(unwritable);
        return new WarehouseDatabase(warehouse, unwritable).open();
    }

    private Database open() {
        boolean absent = warehouse.lacksDatabase();
        if (absent && readOnly) {
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
        return new Database(source, dialect, warehouse.root().toString(), readOnly);
    }

    /** The newest migration that the registry has seen, or empty. Not asked of the pool, which tries for long before it fails. */
    private String format() {
        try (Connection connection = source.getConnection()) {
            return format(new Sql(connection)).orElse("");
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
        } else if (readOnly) {
            reason = "its last writer was cut off, and somebody who may write to it must open it first";
        } else {
            reason = "its registry.db cannot be opened";
        }
        return new DatasetDbException(
                RegistryError.DATABASE_FAILED,
                "Cannot open warehouse: " + reason + " (" + warehouse.root() + ")",
                cause);
    }

    private Optional<String> format(Sql sql) throws SQLException {
        try {
            return sql.first(FORMAT_QUERY, row -> row.getString(1));
        } catch (SQLException e) {
            if (dialect.isMissingTable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void bringUpToDate(String format) {
        if (!format.isEmpty()
                && MigrationVersion.fromVersion(format).compareTo(MigrationVersion.fromVersion(CURRENT_FORMAT)) > 0) {
            throw new DatasetDbException(
                    RegistryError.NEWER_FORMAT,
                    "Cannot open warehouse: a newer release wrote its registry, this one reads format " + CURRENT_FORMAT
                            + " (" + warehouse.root() + ": " + format + ")");
        }
        if (readOnly) {
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
        try {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
            }
            Flyway.configure()
                    .dataSource(source)
                    .locations(MIGRATIONS)
                    .failOnMissingLocations(true)
                    .placeholders(placeholders)
                    .load()
                    .migrate();
        } catch (FlywayException | SQLException e) {
            throw new DatasetDbException(
                    RegistryError.DATABASE_FAILED,
                    "Cannot create or migrate the registry: " + e.getMessage() + " (" + warehouse.root() + ")",
                    e);
        }
    }

    private static DataSource source(Path file, boolean readOnly) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        String url = "jdbc:sqlite:" + file;
        if (readOnly) {
            config.setReadOnly(true);
            // Without a log nobody has the database open for writing; then SQLite needs no shared memory beside it,
            // which
            // could not be created.
            boolean logged = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
            url = "jdbc:sqlite:" + uri(file) + (logged ? "?mode=ro" : "?immutable=1");
        } else {
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        }
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    private static String uri(Path file) {
        return "file:" + file.toUri().getRawPath();
    }
}
