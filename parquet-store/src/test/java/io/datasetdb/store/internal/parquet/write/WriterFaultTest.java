// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.store.WriteOptions.Codec;
import io.datasetdb.store.internal.FaultyStorage;
import io.datasetdb.store.internal.LocalStorage;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails, nothing stays behind; whatever succeeds, stays. */
class WriterFaultTest {
    private static final Schema SCHEMA =
            Schema.of(Field.of("id", DataType.BIGINT), Field.required("data", DataType.VARBINARY));

    /** Several row groups and files from few rows. */
    private static final WriteOptions SMALL = new WriteOptions(Codec.SNAPPY, 50, 2_000);

    @TempDir
    Path folder;

    @Test
    void refusedOperationLeavesNoFile() {
        int refused = 0;
        boolean failed = true;
        while (failed) {
            FaultyStorage storage = new FaultyStorage();
            storage.refuse(++refused);
            failed = fails(storage);
            assertThat(storage.closed()).as("closed, operation " + refused).isEqualTo(storage.opened());
            if (failed) {
                assertThat(storage.files()).as("operation " + refused).isEmpty();
            } else {
                assertThat(storage.files()).hasSizeGreaterThan(1);
            }
        }
        assertThat(refused).as("operations of one deposit").isGreaterThan(20);
    }

    private static boolean fails(Storage storage) {
        try (DatasetWriter writer = new ParquetDatasetWriter(storage, "d", SCHEMA, SMALL)) {
            writer.write(batch(200, 20));
            writer.finish();
            return false;
        } catch (DatasetDbException e) {
            assertThat(e.code()).isEqualTo(StoreError.DISK_FULL);
            return true;
        }
    }

    @Test
    void finishedFilesSurviveACrash() {
        FaultyStorage storage = new FaultyStorage();
        List<DataFile> files;
        try (DatasetWriter writer = new ParquetDatasetWriter(storage, "d", SCHEMA, SMALL)) {
            writer.write(batch(200, 20));
            files = writer.finish();
        }
        storage.crash();
        assertThat(storage.files())
                .containsExactlyElementsOf(files.stream().map(DataFile::path).toList());
        assertThat(files)
                .allSatisfy(file -> assertThat(storage.content(file.path())).hasSize((int) file.byteSize()));
    }

    @Test
    void unfinishedFilesAreRemoved() {
        FaultyStorage storage = new FaultyStorage();
        try (DatasetWriter writer = new ParquetDatasetWriter(storage, "d", SCHEMA, SMALL)) {
            writer.write(batch(200, 20));
            assertThat(storage.files()).isNotEmpty();
        }
        assertThat(storage.files()).isEmpty();
        assertThat(storage.closed()).isEqualTo(storage.opened());
    }

    @Test
    void failedWriterRefusesToGoOn() {
        FaultyStorage storage = new FaultyStorage();
        try (DatasetWriter writer = new ParquetDatasetWriter(storage, "d", SCHEMA, SMALL)) {
            storage.refuse(3);
            assertThatThrownBy(() -> writer.write(batch(200, 20))).hasMessageContaining("no space left");
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessage("Cannot write to d: the writer is no longer open (failed)");
        }
        assertThat(storage.files()).isEmpty();
    }

    @Test
    void nullInARequiredColumnIsRefused() {
        FaultyStorage storage = new FaultyStorage();
        Batch batch = Batch.of(
                List.of(
                        VectorBuilder.vector(DataType.BIGINT, 1L, 2L),
                        VectorBuilder.vector(DataType.VARBINARY, new byte[1], null)),
                2);
        try (DatasetWriter writer = new ParquetDatasetWriter(storage, "d", SCHEMA, SMALL)) {
            assertThatThrownBy(() -> writer.write(batch))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessage("Cannot write column data: it is NOT NULL (NULL at position 1)")
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(StoreError.BAD_VALUE);
        }
    }

    @Test
    void valueOutsideOfItsTypeIsRefused() {
        List<Vector> vectors = List.of(
                new LongVector(DataType.decimal(4, 2), 2, new long[] {1, 10_000}, null),
                new IntVector(DataType.TINYINT, 2, new int[] {-129, 1}, null),
                new Int128Vector(DataType.decimal(20, 0), 2, new long[] {1000, 0}, new long[2], null));
        for (Vector vector : vectors) {
            Schema schema = Schema.of(Field.of("x", vector.type()));
            FaultyStorage storage = new FaultyStorage();
            try (DatasetWriter writer = new ParquetDatasetWriter(storage, "d", schema, SMALL)) {
                writer.write(Batch.of(List.of(vector), 2));
                assertThatThrownBy(writer::finish)
                        .isInstanceOf(DatasetDbException.class)
                        .hasMessageStartingWith(
                                "Cannot write column x: " + vector.type().sql())
                        .extracting(failure -> ((DatasetDbException) failure).code())
                        .isEqualTo(StoreError.BAD_VALUE);
            }
            assertThat(storage.files()).isEmpty();
        }
    }

    @Test
    void columnsOfOneNameAreRefused() {
        Schema schema = Schema.of(Field.of("x", DataType.BIGINT), Field.of("x", DataType.BIGINT));
        assertThatThrownBy(() -> new ParquetDatasetWriter(new FaultyStorage(), "d", schema, SMALL))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageStartingWith("Cannot write column x: there are two of this name");
    }

    @Test
    void vectorOfAnotherTypeIsRefused() {
        Batch batch = Batch.of(
                List.of(
                        VectorBuilder.vector(DataType.VARCHAR, "x"),
                        VectorBuilder.vector(DataType.VARBINARY, new byte[1])),
                1);
        try (DatasetWriter writer = new ParquetDatasetWriter(new FaultyStorage(), "d", SCHEMA, SMALL)) {
            assertThatThrownBy(() -> writer.write(batch))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessage("Cannot write column id: it holds BIGINT (VARCHAR)");
        }
    }

    @Test
    void fullDiskIsReportedAndLeavesNothing() throws Exception {
        Path disk = mount("size=1m");
        try (Storage storage = new LocalStorage(disk);
                DatasetWriter writer = new ParquetDatasetWriter(storage, "d", SCHEMA, WriteOptions.DEFAULT)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            writer.write(batch(1000, 1000));
                        }
                    })
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessageContaining("no space left")
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(StoreError.DISK_FULL);
            writer.close();
            try (Stream<Path> left = Files.walk(disk)) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
            try (DatasetWriter next = new ParquetDatasetWriter(storage, "e", SCHEMA, WriteOptions.DEFAULT)) {
                next.write(batch(10, 10));
                assertThat(next.finish()).hasSize(1);
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void readOnlyDiskIsReported() throws Exception {
        Path disk = mount("size=1m,ro");
        try (Storage storage = new LocalStorage(disk)) {
            assertThatThrownBy(() -> storage.create("file"))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessageContaining("Read-only file system")
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(StoreError.ACCESS_DENIED);
        } finally {
            run("umount", disk.toString());
        }
    }

    private Path mount(String options) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount a small disk");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()) == 0,
                "mounting is not allowed here");
        return disk;
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static Batch batch(int rows, int bytes) {
        Random random = new Random(rows);
        List<Object> ids = new ArrayList<>();
        List<Object> data = new ArrayList<>();
        for (long i = 0; i < rows; i++) {
            byte[] value = new byte[bytes];
            random.nextBytes(value);
            ids.add(i);
            data.add(value);
        }
        List<Vector> columns = List.of(
                VectorBuilder.vector(DataType.BIGINT, ids.toArray()),
                VectorBuilder.vector(DataType.VARBINARY, data.toArray()));
        return Batch.of(columns, rows);
    }
}
