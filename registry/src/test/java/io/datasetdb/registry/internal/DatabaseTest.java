// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

class DatabaseTest {
    /** Who lost against another version tries again at once; who waited for a lock in vain has waited long enough. */
    @Test
    void aLockThatIsNeverFreedIsNoConflict() {
        var locked =
                new SQLException("[SQLITE_BUSY] The database file is locked", "", SQLiteErrorCode.SQLITE_BUSY.code);
        DatasetDbException failure = Database.failure(new SqliteDialect(), "deposit dataset d", "registry.db", locked);
        assertThat(failure.code()).isEqualTo(RegistryError.BUSY);
        assertThat(failure.sqlState()).isEqualTo("55P03");
        assertThat(failure)
                .hasMessage("Cannot deposit dataset d: other processes kept the registry locked (registry.db)");
    }

    private static int insert(Database database, String name) {
        return database.write(
                "insert",
                sql -> sql.update("INSERT INTO namespaces (name, name_key, created_at) VALUES (?, ?, 0)", name, name));
    }

    private static long namespaces(Database database) {
        return database.query("look", sql -> sql.number("SELECT count(*) FROM namespaces"));
    }

    private static void assertLocked(Future<Integer> writer, Path folder) {
        assertThatThrownBy(() -> writer.get(5, TimeUnit.MINUTES))
                .cause()
                .hasMessage("Cannot insert: other processes kept the registry locked (" + folder + ")")
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("55P03"));
    }

    /** Nobody's time is up before SQLite itself has given up once, after five seconds. */
    @Test
    void everyWriterGivesUpWhoFindsTheRegistryLockedForLongAndNothingIsLeft(@TempDir Path folder) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Database database = WarehouseDatabase.open(new Warehouse(folder), false, 0)) {
            try (Connection stranger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
                    Statement statement = stranger.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                Future<Integer> first = threads.submit(() -> insert(database, "first"));
                Future<Integer> second = threads.submit(() -> insert(database, "second"));
                assertThat(namespaces(database)).as("readers do not wait").isEqualTo(2);
                assertLocked(first, folder);
                assertLocked(second, folder);
                statement.execute("ROLLBACK");
            }
            assertThat(insert(database, "third")).isEqualTo(1);
            assertThat(namespaces(database)).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }
}
