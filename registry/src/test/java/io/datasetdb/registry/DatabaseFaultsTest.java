// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Deposits.SCHEMA;
import static io.datasetdb.registry.Deposits.deposit;
import static io.datasetdb.registry.Deposits.provenance;
import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry does when its database is damaged, gone, locked, full or somebody else's. */
class DatabaseFaultsTest {
    private static final DatasetName X = DatasetName.of("x");

    @TempDir
    private Path folder;

    private Path filled() {
        Path warehouse = folder.resolve("filled");
        try (Registry registry = Registry.open(warehouse)) {
            DatasetVersion parent = deposit(registry, "x");
            for (int i = 0; i < 40; i++) {
                Deposits.derive(registry, "child" + i, parent);
            }
            registry.setComment(X, "c");
        }
        return warehouse;
    }

    private static Connection connect(Path warehouse) throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + warehouse.resolve("registry.db"));
    }

    @Test
    void databaseOfSomebodyElseIsLeftUntouched() throws Exception {
        Registry.open(folder.resolve("w")).close();
        Path database = folder.resolve("w/registry.db");
        Files.delete(database);
        try (Connection connection = connect(folder.resolve("w"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE photos (name TEXT)");
        }
        byte[] before = Files.readAllBytes(database);

        assertFails(
                () -> Registry.open(folder.resolve("w")),
                RegistryError.NOT_A_WAREHOUSE,
                "55000",
                "registry.db is the database of another program");
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }

    @Test
    void nothingIsAcknowledgedOnceTheDatabaseIsGone() throws IOException {
        Path warehouse = filled();
        Path database = warehouse.resolve("registry.db");
        Path copy = Files.copy(database, folder.resolve("copy"));
        try (Registry registry = Registry.open(warehouse)) {
            deposit(registry, "x");
            Files.delete(database);

            assertFails(() -> deposit(registry, "x"), RegistryError.DAMAGED, "XX001", "deleted or replaced");
            assertFails(() -> registry.find(X, VersionSelector.LATEST), RegistryError.DAMAGED, "XX001");
            assertThat(database).doesNotExist();

            Files.move(copy, database, StandardCopyOption.REPLACE_EXISTING);
            assertFails(() -> deposit(registry, "x"), RegistryError.DAMAGED, "XX001", "open the warehouse again");
        }
    }

    @Test
    void nothingIsAcknowledgedOnceTheFolderHasMoved() throws IOException {
        Path warehouse = filled();
        try (Registry registry = Registry.open(warehouse)) {
            deposit(registry, "x");
            Files.move(warehouse, folder.resolve("moved"));

            assertFails(() -> deposit(registry, "x"), RegistryError.DAMAGED, "XX001", "deleted or replaced");
            assertThat(warehouse).doesNotExist();
        }
        try (Registry registry = Registry.open(folder.resolve("moved"))) {
            assertThat(deposit(registry, "x").version()).hasToString("1.0.2");
        }
    }

    @Test
    void readerThatCannotWriteSeesWhatOthersDepositLater() throws IOException {
        Path warehouse = filled();
        try (Registry reader = Registry.openReadOnly(warehouse)) {
            assertThat(reader.resolve(X, VersionSelector.LATEST).version()).hasToString("1.0.0");
            try (Registry writer = Registry.open(warehouse)) {
                deposit(writer, "x");
                assertThat(reader.resolve(X, VersionSelector.LATEST).version()).hasToString("1.0.1");
                assertThat(Deposits.rows(reader, "versions")).hasSize(42);
            }
            assertThat(reader.resolve(X, VersionSelector.LATEST).version()).hasToString("1.0.1");
            try (Registry writer = Registry.open(warehouse)) {
                deposit(writer, "x");
            }
            assertThat(reader.resolve(X, VersionSelector.LATEST).version()).hasToString("1.0.2");
        }
    }

    @Test
    void commitsAreSyncedAndConstraintsAreOn() {
        try (Registry registry = Registry.open(folder)) {
            registry.database().query("ask", sql -> {
                assertThat(sql.first("PRAGMA journal_mode", row -> row.getString(1)))
                        .contains("wal");
                assertThat(sql.number("PRAGMA synchronous")).as("FULL").isEqualTo(2);
                assertThat(sql.number("PRAGMA foreign_keys")).isEqualTo(1);
                assertThat(sql.number("PRAGMA journal_size_limit")).isPositive();
                return true;
            });
        }
    }

    /** Every use of a damaged registry works or says that it is damaged; whatever is read is not made up. */
    @Test
    void damageIsSaidWhereverItIs() throws IOException {
        Path warehouse = filled();
        Path database = warehouse.resolve("registry.db");
        byte[] whole = Files.readAllBytes(database);
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            String hint = "round " + round + " of seed " + seed;
            byte[] bytes = round < 20 ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)) : whole.clone();
            for (int i = 0; round >= 20 && i < 30; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(database, bytes);
            useAll(warehouse, hint);
            Files.deleteIfExists(warehouse.resolve("registry.db-wal"));
            Files.deleteIfExists(warehouse.resolve("registry.db-shm"));
        }
        Files.write(database, whole);
        try (Registry registry = Registry.open(warehouse)) {
            assertThat(registry.datasets()).hasSize(41);
        }
    }

    private static void useAll(Path warehouse, String hint) {
        try (Registry registry = Registry.open(warehouse)) {
            List<ThrowingCallable> uses = List.of(
                    registry::datasets,
                    () -> registry.resolve(X, VersionSelector.LATEST).files(),
                    () -> registry.resolve(X, VersionSelector.LATEST).provenance(),
                    () -> registry.lineage(X, VersionSelector.LATEST, Direction.DOWN, 3),
                    () -> SystemTables.all().forEach(table -> Deposits.rows(registry, table.name())),
                    () -> deposit(registry, "x"));
            for (ThrowingCallable use : uses) {
                use(use, hint);
            }
        } catch (DatasetDbException e) {
            assertIsASentence(e, hint);
        }
    }

    private static void use(ThrowingCallable use, String hint) {
        try {
            use.call();
        } catch (DatasetDbException e) {
            assertIsASentence(e, hint);
        } catch (Throwable e) {
            throw new AssertionError(hint + ": " + e, e);
        }
    }

    private static void assertIsASentence(DatasetDbException failure, String hint) {
        assertThat(failure.getMessage())
                .as(hint)
                .startsWith("Cannot ")
                .endsWith(")")
                .doesNotContain("\n");
    }

    /** However little room the disk has left, a change happens or does not, and says which. */
    @Test
    void fullDiskIsSurvivedAtEveryPage() {
        Path warehouse = filled();
        int failures = 0;
        for (int spare = 0; spare < 12; spare++) {
            try (Registry registry = Registry.open(warehouse)) {
                long room = spare;
                registry.database()
                        .query(
                                "limit",
                                sql -> sql.number(
                                        "PRAGMA max_page_count = " + (sql.number("PRAGMA page_count") + room)));
                SemanticVersion before =
                        registry.resolve(X, VersionSelector.LATEST).version();
                try {
                    deposit(registry, DraftRequest.replace(X, SCHEMA), 1, provenance("x".repeat(40_000)));
                    assertThat(registry.resolve(X, VersionSelector.LATEST).version())
                            .isEqualTo(before.next(SemanticVersion.Bump.PATCH));
                } catch (DatasetDbException e) {
                    assertThat(e.code())
                            .as("%d pages: %s", spare, e.getMessage())
                            .isEqualTo(RegistryError.DISK_FULL);
                    assertThat(registry.resolve(X, VersionSelector.LATEST).version())
                            .isEqualTo(before);
                    failures++;
                }
            }
        }
        assertThat(failures).isBetween(1, 11);
    }

    @Test
    void logShrinksOnceALongReaderIsGone() throws IOException {
        Path warehouse = filled();
        Path log = warehouse.resolve("registry.db-wal");
        try (Registry registry = Registry.open(warehouse)) {
            registry.database().write("fill", sql -> {
                for (int i = 0; i < Batch.SIZE + 1; i++) {
                    sql.update(
                            "INSERT INTO namespaces (name, name_key, created_at) VALUES (?, ?, 0)", "n" + i, "n" + i);
                }
                return true;
            });
            try (BatchSource reader =
                    SystemTables.find("namespaces").orElseThrow().rows(registry, null)) {
                for (int i = 0; i < 100; i++) {
                    // The length changes, else SQLite writes only the pages that differ.
                    registry.setComment(X, "y".repeat(300_000 + i));
                }
                assertThat(Files.size(log))
                        .as("nothing may be given up under the reader")
                        .isGreaterThan(20_000_000);
                assertThat(reader.next()).isNotNull();
            }
            registry.setComment(X, "short");
            registry.setComment(X, "shorter");
            assertThat(Files.size(log)).isLessThanOrEqualTo(16 << 20);
        }
        assertThat(log).doesNotExist();
    }

    @Test
    void writersWaitForALongOneAndReadersDoNot() throws Exception {
        Path warehouse = filled();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Registry registry = Registry.open(warehouse);
                Connection other = connect(warehouse);
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("UPDATE datasets SET comment = 'held'");
            Future<DatasetVersion> waiting = threads.submit(() -> deposit(registry, "x"));

            assertThat(registry.resolve(X, VersionSelector.LATEST).version()).hasToString("1.0.0");
            assertThat(registry.dataset(X).orElseThrow().comment()).isEqualTo("c");
            assertThat(waiting.isDone()).isFalse();

            statement.execute("COMMIT");
            assertThat(waiting.get(30, TimeUnit.SECONDS).version()).hasToString("1.0.1");
            assertThat(registry.dataset(X).orElseThrow().comment()).isEqualTo("held");
        } finally {
            threads.shutdownNow();
        }
    }

    /** A writer that has read before it writes must not be thrown out because another was faster. */
    @Test
    void twoOpeningsNeverLoseAnUpdate() throws Exception {
        Path warehouse = filled();
        int each = 40;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Registry first = Registry.open(warehouse);
                Registry second = Registry.open(warehouse)) {
            List<Future<Boolean>> done =
                    threads.invokeAll(List.of(() -> count(first, each), () -> count(second, each)));
            for (Future<Boolean> result : done) {
                assertThat(result.get()).isTrue();
            }
            assertThat(first.dataset(X).orElseThrow().labels()).isEqualTo(Map.of("n", String.valueOf(2 * each)));
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean count(Registry registry, int times) {
        for (int i = 0; i < times; i++) {
            registry.database().write("count", sql -> {
                long before = sql.first("SELECT labels FROM datasets WHERE name_key = 'x'", row -> row.getString(1))
                        .map(text -> text.isEmpty()
                                ? 0L
                                : Long.parseLong(text.strip().substring(2)))
                        .orElse(0L);
                return sql.update("UPDATE datasets SET labels = ? WHERE name_key = 'x'", "n\t" + (before + 1) + "\n");
            });
        }
        return true;
    }

    @Test
    void draftThatMayHaveBeenCommittedKeepsItsFiles() throws IOException {
        try (Registry registry = Registry.open(folder)) {
            deposit(registry, "x");
            Path file;
            try (VersionDraft draft = registry.begin(DraftRequest.replace(X, SCHEMA))) {
                file = folder.resolve(draft.folder()).resolve("part-0.parquet");
                Files.createDirectories(file.getParent());
                Files.writeString(file, "rows");
                // As if the commit had reached the disk and its answer had not come back.
                registry.database().write("commit", sql -> {
                    sql.update("DELETE FROM drafts");
                    return sql.update(
                            "UPDATE versions SET uuid = ?", draft.uuid().toString());
                });
                assertFails(() -> draft.commit(provenance(null)), RegistryError.DRAFT_GONE, "55000");
            }
            assertThat(file).exists();
            assertThat(registry.find(X, VersionSelector.LATEST)).isPresent();
            assertThat(registry.drop(X, Optional.empty(), DropMode.KEEP_FILES).versions())
                    .hasSize(1);
        }
    }
}
