// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Deposits.SCHEMA;
import static io.datasetdb.registry.Deposits.deposit;
import static io.datasetdb.registry.Deposits.provenance;
import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest {
    @TempDir
    private Path folder;

    private static Map<Path, FileTime> contents(Path folder) throws IOException {
        var contents = new TreeMap<Path, FileTime>();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.toList()) {
                contents.put(path, Files.getLastModifiedTime(path));
            }
        }
        return contents;
    }

    private Path filled() {
        Path warehouse = folder.resolve("filled");
        try (Registry registry = Registry.open(warehouse)) {
            deposit(registry, "x");
        }
        return warehouse;
    }

    @Test
    void missingFolderIsMadeWithItsParents() {
        Path warehouse = folder.resolve("a/b/c d");
        Registry.open(warehouse).close();

        assertThat(warehouse.resolve("WAREHOUSE")).hasContent("DatasetDB warehouse, format 1\n");
        assertThat(warehouse.resolve("registry.db")).isNotEmptyFile();
    }

    @Test
    void emptyFolderBecomesAWarehouse() {
        try (Registry registry = Registry.open(folder)) {
            assertThat(registry.namespaces()).containsExactly("main", "system");
            assertThat(registry.readOnly()).isFalse();
        }
    }

    @Test
    void folderOfSomebodyElseIsLeftUntouched() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "…");
        Map<Path, FileTime> before = contents(folder);

        assertFails(() -> Registry.open(folder), RegistryError.NOT_A_WAREHOUSE, "55000", folder.toString());
        assertThat(contents(folder)).isEqualTo(before);
    }

    @Test
    void fileIsNoWarehouse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "…");

        assertFails(() -> Registry.open(file), RegistryError.NOT_A_WAREHOUSE, "55000", "not a folder");
        assertFails(() -> Registry.open(file.resolve("below")), RegistryError.NOT_A_WAREHOUSE, "55000");
    }

    @Test
    void foreignMarkerAndNewerFormatAreNamed() throws IOException {
        Path marker = Files.writeString(folder.resolve("WAREHOUSE"), "a big building");
        assertFails(() -> Registry.open(folder), RegistryError.NOT_A_WAREHOUSE, "55000", "WAREHOUSE");

        Files.writeString(marker, "DatasetDB warehouse, format 2\n");
        assertFails(() -> Registry.open(folder), RegistryError.NEWER_FORMAT, "0A000", ": 2)");
        assertThat(contents(folder)).hasSize(2);
    }

    @Test
    void registryOfANewerReleaseIsNamed() throws Exception {
        Path warehouse = filled();
        execute(
                warehouse,
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by, "
                        + "execution_time, success) VALUES (99, '99', 'x', 'SQL', 'V99__x.sql', 'x', 0, 1)");

        assertFails(() -> Registry.open(warehouse), RegistryError.NEWER_FORMAT, "0A000", ": 99)");
    }

    private static void execute(Path warehouse, String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + warehouse.resolve("registry.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void creationThatWasInterruptedIsCompleted() throws IOException {
        Files.createFile(folder.resolve("WAREHOUSE"));
        Files.createFile(folder.resolve("registry.db"));
        try (Registry registry = Registry.open(folder)) {
            assertThat(deposit(registry, "x").version()).isEqualTo(SemanticVersion.FIRST);
        }
        assertThat(folder.resolve("WAREHOUSE")).hasContent("DatasetDB warehouse, format 1\n");
    }

    @Test
    void damagedRegistryIsNamedAtOnce() throws IOException {
        Path warehouse = filled();
        Files.writeString(warehouse.resolve("registry.db"), "no database at all, only text\n".repeat(500));
        Files.deleteIfExists(warehouse.resolve("registry.db-wal"));
        long start = System.nanoTime();

        assertFails(() -> Registry.open(warehouse), RegistryError.DAMAGED, "XX001", "damaged", warehouse.toString());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void lostRegistryIsNotReplacedByAnEmptyOne() throws IOException {
        Path warehouse = filled();
        Files.createDirectories(warehouse.resolve("data/0"));
        Files.delete(warehouse.resolve("registry.db"));
        Files.deleteIfExists(warehouse.resolve("registry.db-wal"));
        Files.deleteIfExists(warehouse.resolve("registry.db-shm"));

        assertFails(() -> Registry.open(warehouse), RegistryError.DAMAGED, "XX001", "missing");
        assertThat(warehouse.resolve("registry.db")).doesNotExist();
    }

    @Test
    void readOnlyWarehouseReadsAndRefusesEveryChange() throws IOException {
        Path warehouse = filled();
        Map<Path, FileTime> before = contents(warehouse);
        DatasetName x = DatasetName.of("x");
        try (Registry registry = Registry.openReadOnly(warehouse)) {
            DatasetVersion version = registry.resolve(x, VersionSelector.LATEST);

            assertThat(version.files()).hasSize(1);
            assertThat(Deposits.rows(registry, "versions")).hasSize(1);
            assertThat(registry.readOnly()).isTrue();
            List<ThrowingCallable> changes = List.of(
                    () -> registry.begin(DraftRequest.replace(x, SCHEMA)),
                    () -> registry.drop(x, Optional.empty(), DropMode.PURGE),
                    () -> registry.rename(x, DatasetName.of("y")),
                    () -> registry.setComment(x, "c"),
                    () -> registry.setLabels(x, Map.of()),
                    () -> registry.createNamespace("n"),
                    () -> registry.startJob(new JobRequest(null, "ada", null)),
                    () -> registry.recordMetric(version, "m", 1, "ada"));
            for (var change : changes) {
                assertFails(change, RegistryError.READ_ONLY, "25006", "read-only");
            }
            registry.recordQuery(new QueryRecord(
                    "q", "ada", Deposits.STARTED, Duration.ZERO, 0, List.of(), QueryRecord.State.COMPLETE, null));
            assertThat(Deposits.rows(registry, "queries")).isEmpty();
        }
        assertThat(contents(warehouse)).as("nothing was touched").isEqualTo(before);
    }

    @Test
    void readOnlyOpeningSeesWhatAnotherProcessHasJustWritten() {
        Path warehouse = filled();
        try (Registry writer = Registry.open(warehouse)) {
            deposit(writer, "fresh");
            try (Registry reader = Registry.openReadOnly(warehouse)) {
                assertThat(reader.find(DatasetName.of("fresh"), VersionSelector.LATEST))
                        .isPresent();
            }
        }
    }

    @Test
    void readOnlyOpeningMakesNothing() throws IOException {
        assertFails(
                () -> Registry.openReadOnly(folder.resolve("nowhere")),
                RegistryError.NOT_A_WAREHOUSE,
                "55000",
                "no such folder");
        assertFails(() -> Registry.openReadOnly(folder), RegistryError.NOT_A_WAREHOUSE, "55000", "empty");
        assertThat(contents(folder)).hasSize(1);
    }

    @Test
    void warehouseMayMove() throws IOException {
        Path moved = Files.move(filled(), folder.resolve("else where"));
        try (Registry registry = Registry.open(moved)) {
            assertThat(Deposits.rows(registry, "files")).singleElement().satisfies(row -> {
                assertThat(row.get("path").toString()).startsWith("data/");
                assertThat(row.get("uri")).isEqualTo("file://" + moved + "/" + row.get("path"));
            });
        }
    }

    @Test
    void manyMayCreateTheSameWarehouseAtOnce() throws Exception {
        Path warehouse = folder.resolve("new");
        int count = 6;
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            var tasks = new ArrayList<Callable<SemanticVersion>>();
            for (int i = 0; i < count; i++) {
                tasks.add(() -> {
                    try (Registry registry = Registry.open(warehouse)) {
                        return deposit(registry, "x").version();
                    }
                });
            }
            var versions = new ArrayList<SemanticVersion>();
            for (Future<SemanticVersion> result : threads.invokeAll(tasks)) {
                versions.add(result.get());
            }
            assertThat(versions).doesNotHaveDuplicates().hasSize(count);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void fullDiskIsSaidAndChangesNothing() {
        Path warehouse = filled();
        String statement = "x".repeat(1_000_000);
        try (Registry registry = Registry.open(warehouse)) {
            registry.database().query("limit", sql -> {
                // One thread gets the same pooled connection again; its limit stands for the disk's.
                long pages = sql.number("PRAGMA page_count");
                return sql.number("PRAGMA max_page_count = " + (pages + 10));
            });
            DraftRequest request = DraftRequest.replace(DatasetName.of("x"), SCHEMA);

            assertFails(
                    () -> deposit(registry, request, 1, provenance(statement)),
                    RegistryError.DISK_FULL,
                    "53100",
                    "disk is full");
            assertThat(registry.versions(DatasetName.of("x"))).hasSize(1);
        }
        try (Registry registry = Registry.open(warehouse)) {
            assertThat(deposit(registry, DraftRequest.replace(DatasetName.of("x"), SCHEMA), 1, provenance(statement))
                            .version())
                    .hasToString("1.0.1");
        }
    }
}
