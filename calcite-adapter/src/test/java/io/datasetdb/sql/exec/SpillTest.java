// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.spill.SpillFolder;
import io.datasetdb.sql.exec.spill.SpillPartitions;
import io.datasetdb.sql.exec.spill.SpilledRows;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
    private static final DataType[] TYPES = {
        DataType.BOOLEAN,
        DataType.TINYINT,
        DataType.SMALLINT,
        DataType.INTEGER,
        DataType.BIGINT,
        DataType.REAL,
        DataType.DOUBLE,
        DataType.decimal(18, 2),
        DataType.decimal(38, 4),
        DataType.VARCHAR,
        DataType.VARBINARY,
        DataType.DATE,
        DataType.TIME,
        DataType.TIMESTAMP,
        DataType.TIMESTAMP_LTZ,
        DataType.UUID,
        DataType.INTERVAL_MONTH,
        DataType.INTERVAL_DAY,
        DataType.array(DataType.VARCHAR),
        DataType.array(DataType.array(DataType.INTEGER)),
        DataType.map(DataType.INTEGER, DataType.VARCHAR),
        DataType.row(Field.of("a", DataType.BIGINT), Field.of("b", DataType.array(DataType.DOUBLE))),
        DataType.NULL
    };

    @TempDir
    Path temporary;

    private static List<List<Object>> rows(BatchSource source) {
        List<List<Object>> rows = new ArrayList<>();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            assertThat(batch.size()).isBetween(1, Batch.SIZE);
            for (int i = 0; i < batch.size(); i++) {
                List<Object> row = new ArrayList<>();
                for (Vector column : batch.columns()) {
                    row.add(column.getObject(batch.selection().position(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private List<Path> left() throws Exception {
        try (var entries = Files.list(temporary)) {
            return entries.toList();
        }
    }

    @Test
    void rowsOfEveryTypeComeBackAsTheyWere() throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Table table = Table.random(random, seed == 0 ? 0 : random.nextInt(5_000), TYPES);
            try (SpillFolder folder = new SpillFolder(temporary);
                    Operator source = new TableSource(table, seed, seed % 2 == 0 ? 30 : 4_000).create(Runs.run());
                    SpilledRows spilled = folder.rows(table.types())) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    spilled.append(batch);
                }
                assertThat(spilled.rows()).isEqualTo(table.rows().size());
                assertThat(folder.bytesWritten()).isEqualTo(spilled.bytes());
                for (int time = 0; time < 2; time++) {
                    assertThat(Table.canonicalRows(rows(spilled.read())))
                            .as("seed %s", seed)
                            .isEqualTo(Table.canonicalRows(table.rows()));
                }
            }
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void extremesComeBackToTheBit() {
        Object[] longs = {Long.MIN_VALUE, -1L, 0L, 255L, 256L, 65_536L, 4_294_967_296L, Long.MAX_VALUE};
        Object[] ints = {Integer.MIN_VALUE, -1, 0, 255, 256, 65_535, 65_536, Integer.MAX_VALUE};
        Object[] doubles = {
            Double.NaN,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            Double.longBitsToDouble(0x7ff8_0000_0000_0001L),
            1.0
        };
        for (int from = 0; from < 8; from++) {
            for (int to = from + 1; to <= 8; to++) {
                int count = to - from;
                List<Vector> columns = List.of(
                        VectorBuilder.vector(DataType.BIGINT, Arrays.copyOfRange(longs, from, to)),
                        VectorBuilder.vector(DataType.INTEGER, Arrays.copyOfRange(ints, from, to)),
                        VectorBuilder.vector(DataType.DOUBLE, Arrays.copyOfRange(doubles, from, to)));
                try (SpillFolder folder = new SpillFolder(temporary);
                        SpilledRows spilled =
                                folder.rows(List.of(DataType.BIGINT, DataType.INTEGER, DataType.DOUBLE))) {
                    spilled.append(Batch.of(columns, count));
                    List<List<Object>> rows = rows(spilled.read());
                    for (int i = 0; i < count; i++) {
                        assertThat(rows.get(i).subList(0, 2)).isEqualTo(List.of(longs[from + i], ints[from + i]));
                        assertThat(Double.doubleToRawLongBits(
                                        (Double) rows.get(i).get(2)))
                                .isEqualTo(Double.doubleToRawLongBits((Double) doubles[from + i]));
                    }
                }
            }
        }
    }

    @Test
    void rowsWithoutColumnsAndVeryWideRowsComeBack() {
        try (SpillFolder folder = new SpillFolder(temporary)) {
            SpilledRows empty = folder.rows(List.of());
            empty.append(Batch.of(List.of(), 5_000));
            assertThat(rows(empty.read())).hasSize(5_000);
            SpilledRows wide = folder.rows(List.of(DataType.VARCHAR));
            Object[] texts = {"a".repeat(3_000_000), "", null, "b".repeat(1_000_000), "c"};
            wide.append(Batch.of(List.of(VectorBuilder.vector(DataType.VARCHAR, texts)), 5));
            assertThat(rows(wide.read()).stream().map(row -> row.get(0))).containsExactly(texts);
        }
    }

    @Test
    void partitionsHoldTheirRowsInTheOrderInWhichEachWriterWroteThem() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(20);
            Table table = Table.random(random, 6_000, TYPES).numbered();
            List<List<String>> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                expected.add(new ArrayList<>());
            }
            try (SpillFolder folder = new SpillFolder(temporary);
                    Operator source = new TableSource(table, seed, 700).create(Runs.run());
                    SpillPartitions partitions = folder.partitions(table.types(), count)) {
                SpillPartitions.Writer writer = partitions.writer();
                int row = 0;
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    int[] partitionOf = new int[batch.size()];
                    for (int i = 0; i < batch.size(); i++) {
                        // one in three rows goes to partition 0, so that some partitions have several blocks
                        partitionOf[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(count);
                        expected.get(partitionOf[i])
                                .add(Table.canonical(table.rows().get(row++)));
                    }
                    writer.append(batch, partitionOf);
                }
                assertThat(writer.heapBytes()).isPositive();
                writer.flush();
                assertThat(writer.heapBytes()).isZero();
                long bytes = 0;
                for (int i = 0; i < count; i++) {
                    assertThat(partitions.rows(i)).isEqualTo(expected.get(i).size());
                    assertThat(Table.canonicalRows(rows(partitions.read(i))))
                            .as("seed %s, partition %s", seed, i)
                            .isEqualTo(expected.get(i));
                    bytes += partitions.bytes(i);
                }
                assertThat(folder.bytesWritten()).isEqualTo(bytes);
            }
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void severalThreadsWriteToTheSamePartitions() throws Exception {
        Batch batch = Batch.of(List.of(VectorBuilder.vector(DataType.BIGINT, 1L, 2L, 3L)), 3);
        try (SpillFolder folder = new SpillFolder(temporary)) {
            SpillPartitions partitions = folder.partitions(List.of(DataType.BIGINT), 3);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> {
                    SpillPartitions.Writer writer = partitions.writer();
                    for (int round = 0; round < 10_000; round++) {
                        writer.append(batch, new int[] {0, 1, 2});
                    }
                    writer.flush();
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (int i = 0; i < 3; i++) {
                long value = i + 1;
                assertThat(rows(partitions.read(i)))
                        .hasSize(40_000)
                        .allMatch(row -> row.get(0).equals(value));
            }
        }
    }

    @Test
    void nothingIsWrittenWithoutNeedAndNothingStays() throws Exception {
        try (SpillFolder folder = new SpillFolder(temporary)) {
            assertThat(left()).isEmpty();
            folder.rows(List.of(DataType.BIGINT));
            assertThat(left()).hasSize(1);
            folder.close();
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void whatDeadProcessesLeftIsRemovedAndWhatLiveOnesUseIsNot() throws Exception {
        Path dead = Files.createDirectory(temporary.resolve("datasetdb-spill-1-1-dead"));
        Files.writeString(dead.resolve("lock"), "");
        Files.writeString(dead.resolve("0"), "rows");
        Path unfinished = Files.createDirectory(temporary.resolve("datasetdb-spill-1-1-unfinished"));
        Path foreign = Files.createDirectory(temporary.resolve("datasetdb-spill-1-1-foreign"));
        Files.writeString(foreign.resolve("mine"), "");
        Path live = Files.createDirectory(temporary.resolve("datasetdb-spill-1-1-live"));
        try (FileChannel channel = FileChannel.open(
                        live.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                SpillFolder folder = new SpillFolder(temporary);
                SpillFolder another = new SpillFolder(temporary)) {
            assertThat(channel.lock().isValid()).isTrue();
            folder.rows(List.of(DataType.BIGINT));
            another.rows(List.of(DataType.BIGINT));
            assertThat(dead).doesNotExist();
            assertThat(unfinished).doesNotExist();
            assertThat(foreign.resolve("mine")).exists();
            assertThat(live).exists();
            assertThat(left()).as("live, foreign and two own").hasSize(4);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsOneSentence() {
        try (SpillFolder folder = new SpillFolder(temporary.resolve("missing"))) {
            assertThatThrownBy(() -> folder.rows(List.of(DataType.BIGINT)))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessageStartingWith("Cannot write temporary file " + temporary.resolve("missing"))
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(StoreError.WRITE_FAILED);
        }
    }

    @Test
    void aRunRemovesItsFilesWhenItIsClosed() {
        Run run = Runs.run();
        SpilledRows rows = run.serial().spill().rows(List.of(DataType.BIGINT));
        rows.append(Batch.of(List.of(VectorBuilder.vector(DataType.BIGINT, 1L)), 1));
        run.close();
        assertThatThrownBy(() -> rows.read().next())
                .isInstanceOf(DatasetDbException.class)
                .hasMessageStartingWith("Cannot read temporary file ");
        run.close();
    }
}
