// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.Chain;
import io.datasetdb.DatasetDb;
import io.datasetdb.Row;
import io.datasetdb.error.DatasetDbException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves whose functions yield more than the disk holds. */
class CheckpointsDiskTest {
    /** A kilobyte each, which does not compress to less than two thirds of that. */
    private static final int ROWS = 120_000;

    private static final int MEGABYTES = 76;

    /** What a row is made of. */
    record Item(int id) {}

    private static final AtomicInteger CALLS = new AtomicInteger();

    @TempDir
    private Path folder;

    static String noise(Item item) {
        CALLS.incrementAndGet();
        StringBuilder text = new StringBuilder();
        new Random(item.id()).ints(1_000, ' ', '~').forEach(c -> text.append((char) c));
        return text.toString();
    }

    private static DatasetDb open(SmallDisk disk) {
        return DatasetDb.open(disk.folder().resolve("w"));
    }

    private static Chain noises(DatasetDb db) {
        return db.dataset("items").map("text", CheckpointsDiskTest::noise);
    }

    private static List<Path> kept(SmallDisk disk) throws IOException {
        Path checkpoints = disk.folder().resolve("w/checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> below = Files.walk(checkpoints)) {
            return below.filter(Files::isRegularFile).toList();
        }
    }

    private static void assertFull(Chain chain) {
        assertThatThrownBy(() -> chain.save("noises")).isInstanceOfSatisfying(DatasetDbException.class, e -> {
            assertThat(e.sqlState()).isEqualTo("53100");
            assertThat(e.getMessage()).startsWith("Cannot ").contains("no space left");
        });
    }

    private static List<String> datasets(DatasetDb db) {
        try (Stream<Row> rows = db.sql("SELECT name FROM registry.datasets ORDER BY 1").stream()) {
            return rows.map(row -> row.getString("name")).toList();
        }
    }

    @Test
    void whatIsKeptLeavesRoomToOthersAndIsUsedOnceThereIsMore() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
                DatasetDb db = open(disk)) {
            db.deposit("items", IntStream.range(0, ROWS).mapToObj(Item::new));
            CALLS.set(0);
            assertFull(noises(db));
            assertThat(datasets(db)).containsExactly("items");
            assertThat(kept(disk)).isNotEmpty();
            assertThat(disk.free()).as("room for others").isGreaterThan(40L << 20);
            db.sql("CREATE DATASET other AS SELECT id + 1 AS n FROM items");
            disk.resize(4 * MEGABYTES);
            CALLS.set(0);
            assertThat(noises(db).save("noises").rows()).isEqualTo(ROWS);
            assertThat(CALLS.get()).as("calls of the second attempt").isLessThan(ROWS);
            assertThat(kept(disk)).isEmpty();
            assertThat(datasets(db)).containsExactly("items", "noises", "other");
            assertThat(db.dataset("noises").distinct("text").count()).isEqualTo(ROWS);
        }
    }

    @Test
    void aDiskWithoutRoomToSpareKeepsNothingAndTakesTheDataset() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES / 2);
                DatasetDb db = open(disk)) {
            db.deposit("items", IntStream.range(0, ROWS / 6).mapToObj(Item::new));
            assertThat(noises(db).save("noises").rows()).isEqualTo(ROWS / 6);
            db.deposit("items", IntStream.range(0, ROWS / 2).mapToObj(Item::new));
            assertFull(noises(db));
            assertThat(kept(disk)).isEmpty();
            assertThat(db.dataset("noises").count()).isEqualTo(ROWS / 6);
        }
    }
}
