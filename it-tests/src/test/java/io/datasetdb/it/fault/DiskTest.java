// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.BundleExport;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.VersionSelector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or cannot be written to. */
class DiskTest {
    private static final int MEGABYTES = 6;

    /** About 8 MB that do not compress. */
    private static final String LARGE =
            "CREATE OR REPLACE DATASET small AS SELECT a.n, sha256(CAST(a.n * 10000 + b.n AS VARCHAR)) "
                    + "AS text FROM numbers a, numbers b WHERE b.n < 25";

    @TempDir
    Path folder;

    @Test
    void aDepositThatDoesNotFitLeavesNothingBehind() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                Warehouse warehouse = Warehouse.open(disk.folder().resolve("warehouse"))) {
            warehouse.deposit(Round.NUMBERS);
            warehouse.deposit("CREATE DATASET small AS SELECT 1 AS n, 'x' AS text");
            long free = disk.free();
            Failure failure = warehouse.failureWithoutTrace(LARGE);
            assertThat(failure.message()).contains("no space left");
            assertThat(failure.sqlState()).isEqualTo("53100");
            assertThat(warehouse.audit().unfinishedFolders()).isZero();
            // The registry's log may have grown by the job's rows, the more the slower the machine is.
            assertThat(disk.free()).isGreaterThan(free - (2 << 20));
            assertThat(warehouse.rows("SELECT state, error_code FROM registry.jobs WHERE state <> 'COMPLETE'"))
                    .containsExactly("FAILED | 53100");
            assertThat(warehouse.deposit("CREATE OR REPLACE DATASET small AS SELECT 2 AS n"))
                    .isEqualTo("main.public.small@1.0.1");
            assertThat(warehouse.rows("SELECT * FROM small")).containsExactly("2");
        }
    }

    @Test
    void changesThatDoNotFitLeaveNothingBehind() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                Warehouse warehouse = Warehouse.open(disk.folder().resolve("warehouse"))) {
            warehouse.deposit(Round.NUMBERS);
            warehouse.deposit("CREATE DATASET small AS SELECT n, 'x' AS text FROM numbers");
            String insert = LARGE.replace("CREATE OR REPLACE DATASET small AS", "INSERT INTO small");
            assertThat(warehouse.failureWithoutTrace(insert).sqlState()).isEqualTo("53100");
            String update =
                    "UPDATE small SET text = (SELECT string_agg(sha256(CAST(a.n * 10000 + small.n AS VARCHAR)), '')"
                            + " FROM numbers a WHERE a.n < 25)";
            assertThat(warehouse.failureWithoutTrace(update).sqlState()).isEqualTo("53100");
            String merge = "MERGE INTO small USING (" + LARGE.substring(LARGE.indexOf("SELECT")) + ") AS s ON small.n"
                    + " = -1 - s.n WHEN NOT MATCHED THEN INSERT VALUES (s.n, s.text)";
            assertThat(warehouse.failureWithoutTrace(merge).sqlState()).isEqualTo("53100");
            assertThat(warehouse.audit().unfinishedFolders()).isZero();
            assertThat(warehouse.deposit("DELETE FROM small WHERE n > 0")).isEqualTo("main.public.small@1.0.1");
            assertThat(warehouse.rows("SELECT * FROM small")).containsExactly("0 | x");
        }
    }

    @Test
    void whatIsCopiedExportedOrImportedAndDoesNotFitIsNotThere() throws Exception {
        Path home = folder.resolve("home");
        Path bundle = folder.resolve("large.zip");
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                Warehouse warehouse = Warehouse.open(home)) {
            warehouse.deposit(Round.NUMBERS);
            warehouse.deposit(LARGE);
            for (String format : List.of("PARQUET", "CSV", "JSON", "PARQUET, PARTITION_BY half")) {
                Path target = disk.folder().resolve("copied");
                String copy =
                        "COPY (SELECT n, text, n % 2 AS half FROM small) TO '" + target + "' (FORMAT " + format + ")";
                assertThat(warehouse.failureWithoutTrace(copy).sqlState())
                        .as(format)
                        .isEqualTo("53100");
                assertThat(disk.folder()).as(format).isEmptyDirectory();
            }
            try (Registry registry = Registry.open(home)) {
                List<DatasetVersion> versions =
                        List.of(registry.resolve(DatasetName.of("small"), VersionSelector.LATEST));
                BundleExport export = new BundleExport(registry);
                assertThatThrownBy(() ->
                                export.write(versions, false, disk.folder().resolve("large.zip"), Progress.NONE))
                        .satisfies(DiskTest::isFull);
                assertThat(disk.folder()).isEmptyDirectory();
                export.write(versions, false, bundle, Progress.NONE);
            }
            Path other = disk.folder().resolve("other");
            assertThatThrownBy(() -> Upkeeper.importInto(other, bundle)).satisfies(DiskTest::isFull);
            try (Warehouse imported = Warehouse.open(other)) {
                assertThat(imported.rows("SELECT name FROM registry.versions")).isEmpty();
                assertThat(imported.deposit("CREATE DATASET small AS SELECT 1 AS n"))
                        .isEqualTo("main.public.small@1.0.0");
            }
            assertThat(disk.free()).as("what is left of the disk").isGreaterThan((MEGABYTES - 3) << 20);
        }
    }

    @Test
    void aVectorIndexThatDoesNotFitLeavesNothingBehind() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                Warehouse warehouse = Warehouse.open(disk.folder().resolve("warehouse"))) {
            warehouse.deposit("CREATE DATASET vectors AS SELECT i AS id, "
                    + IntStream.range(0, 60)
                            .mapToObj(d -> "CAST(sin(i * " + (1.1 + d) + ") AS REAL)")
                            .collect(Collectors.joining(", ", "ARRAY[", "] AS emb"))
                    + " FROM generate_series(1, 12000) AS g(i)");
            Failure failure = warehouse.failureWithoutTrace("CREATE VECTOR INDEX ON vectors (emb)");
            assertThat(failure.message()).contains("no space left");
            assertThat(failure.sqlState()).isEqualTo("53100");
            assertThat(warehouse.audit().unfinishedFolders()).isZero();
            assertThat(warehouse.rows("SELECT * FROM registry.vector_indexes")).isEmpty();
            assertThat(warehouse.deposit("DELETE FROM vectors WHERE id > 1")).isEqualTo("main.public.vectors@1.0.1");
        }
    }

    private static void isFull(Throwable failure) {
        assertThat(failure).isInstanceOf(DatasetDbException.class);
        assertThat(((DatasetDbException) failure).sqlState()).as("%s", failure).isEqualTo("53100");
    }

    @Test
    void aDiskWithoutASingleFreeByteIsSurvived() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                Warehouse warehouse = Warehouse.open(disk.folder().resolve("warehouse"))) {
            warehouse.deposit("CREATE DATASET small AS SELECT 1 AS n");
            Path ballast = Files.createDirectories(disk.folder().resolve("ballast"));
            for (int i = 0; i < 3; i++) {
                // The registry gives up some room when it cannot write.
                fill(ballast.resolve("file" + i));
                Failure failure = warehouse.failure("CREATE OR REPLACE DATASET small AS SELECT 2 AS n");
                assertThat(failure.sqlState()).as("%s", failure).isEqualTo("53100");
            }
            for (int i = 0; i < 3; i++) {
                Files.delete(ballast.resolve("file" + i));
            }
            assertThat(warehouse.rows("SELECT * FROM small")).containsExactly("1");
            assertThat(warehouse.rows("SELECT version FROM registry.versions")).containsExactly("1.0.0");
            assertThat(warehouse.deposit("CREATE OR REPLACE DATASET small AS SELECT 2 AS n"))
                    .isEqualTo("main.public.small@1.0.1");
            assertThat(warehouse.rows("SELECT * FROM small")).containsExactly("2");
            assertThat(warehouse.audit().unfinishedFolders()).isZero();
        }
    }

    @Test
    void aWarehouseOnAFullDiskOpensForReading() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES)) {
            Path place = disk.folder().resolve("warehouse");
            Path files = Files.createDirectories(disk.folder().resolve("files"));
            Files.writeString(files.resolve("a.txt"), "a");
            try (Warehouse warehouse = Warehouse.open(place)) {
                warehouse.deposit("CREATE DATASET small AS SELECT 1 AS n");
            }
            Path ballast = disk.folder().resolve("ballast");
            fill(ballast);
            try (Warehouse warehouse = Warehouse.open(place)) {
                assertThat(warehouse.rows("SELECT * FROM small")).containsExactly("1");
                assertThat(warehouse.rows("SELECT name, version FROM registry.versions"))
                        .containsExactly("small | 1.0.0");
                assertThat(warehouse.rows("SELECT file.size FROM TABLE(list_storage('" + files + "'))"))
                        .containsExactly("1");
                Failure failure = warehouse.failureWithoutTrace("CREATE DATASET other AS SELECT 1 AS n");
                assertThat(failure.message()).contains("the disk was full when the warehouse was opened");
                assertThat(failure.sqlState()).isEqualTo("53100");
            }
            Failure failure = Failure.expect(
                    () -> Warehouse.open(disk.folder().resolve("another")).close());
            assertThat(failure.message()).contains("the disk is full");
            assertThat(failure.sqlState()).isEqualTo("53100");
            Files.delete(ballast);
            try (Warehouse warehouse = Warehouse.open(place)) {
                assertThat(warehouse.deposit("CREATE OR REPLACE DATASET small AS SELECT 2 AS n"))
                        .isEqualTo("main.public.small@1.0.1");
            }
        }
    }

    @Test
    void aReadOnlyWarehouseCanBeReadAndSaysSoWhenWrittenTo() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES)) {
            Path place = disk.folder().resolve("warehouse");
            Path files = Files.createDirectories(disk.folder().resolve("files"));
            Files.writeString(files.resolve("a.txt"), "a");
            try (Warehouse warehouse = Warehouse.open(place)) {
                warehouse.deposit("CREATE DATASET small AS SELECT 1 AS n");
            }
            disk.makeReadOnly();
            try (Warehouse warehouse = Warehouse.open(place)) {
                assertThat(warehouse.rows("SELECT * FROM small")).containsExactly("1");
                assertThat(warehouse.rows("SELECT name, version FROM registry.versions"))
                        .containsExactly("small | 1.0.0");
                assertThat(warehouse.rows("SELECT file.size FROM TABLE(list_storage('" + files + "'))"))
                        .containsExactly("1");
                for (String change : new String[] {
                    "CREATE DATASET other AS SELECT 1 AS n",
                    "CREATE OR REPLACE DATASET small AS SELECT 2 AS n",
                    "INSERT INTO small VALUES (2)",
                    "UPDATE small SET n = 2",
                    "DELETE FROM small",
                    "DELETE FROM small WHERE n = 1",
                    "MERGE INTO small USING small AS s ON small.n = s.n WHEN MATCHED THEN DELETE",
                    "DROP DATASET small",
                    "ALTER DATASET small RENAME TO other",
                    "CREATE NAMESPACE mine"
                }) {
                    Failure failure = warehouse.failureWithoutTrace(change);
                    assertThat(failure.message()).contains("the warehouse is read-only (" + place + ")");
                    assertThat(failure.sqlState()).as("%s", failure).isEqualTo("25006");
                }
            }
        }
    }

    @Test
    void aWarehouseThatBecomesReadOnlyIsReadOnAndWrittenToOnceItCanBe() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                Warehouse warehouse = Warehouse.open(disk.folder().resolve("warehouse"))) {
            warehouse.deposit("CREATE DATASET small AS SELECT 1 AS n");
            try (SmallDisk.Cover covered = SmallDisk.cover(warehouse.folder())) {
                for (int i = 0; i < 3; i++) {
                    Failure failure = warehouse.failureWithoutTrace("CREATE OR REPLACE DATASET small AS SELECT 2 AS n");
                    assertThat(failure.message())
                            .contains("Read-only file system")
                            .contains(covered.folder().toString());
                    assertThat(failure.sqlState()).as("%s", failure).isEqualTo("42501");
                }
                assertThat(warehouse.rows("SELECT * FROM small")).containsExactly("1");
            }
            assertThat(warehouse.deposit("INSERT INTO small VALUES (2)")).isEqualTo("main.public.small@1.0.1");
            assertThat(warehouse.rows("SELECT n FROM small ORDER BY 1")).containsExactly("1", "2");
            assertThat(warehouse.audit().unfinishedFolders()).isZero();
        }
    }

    @Test
    void aFolderOfFilesThatBecomesReadOnlyInTheMiddleOfADepositEndsIt() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                Warehouse warehouse = Warehouse.open(disk.folder().resolve("warehouse"))) {
            warehouse.deposit("CREATE DATASET small AS SELECT 1 AS n");
            try (SmallDisk.Cover covered = SmallDisk.cover(warehouse.folder().resolve("data"))) {
                Failure failure = warehouse.failureWithoutTrace("INSERT INTO small VALUES (2)");
                assertThat(failure.message()).contains("Read-only file system");
                assertThat(failure.sqlState()).as("%s", failure).isEqualTo("42501");
            }
            assertThat(warehouse.rows("SELECT state, error_code FROM registry.jobs WHERE state <> 'COMPLETE'"))
                    .containsExactly("FAILED | 42501");
            assertThat(warehouse.deposit("INSERT INTO small VALUES (2)")).isEqualTo("main.public.small@1.0.1");
            assertThat(warehouse.audit().unfinishedFolders()).isZero();
        }
    }

    /** Writes until nothing more fits. */
    private static void fill(Path file) throws IOException {
        try (OutputStream output = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                output.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
