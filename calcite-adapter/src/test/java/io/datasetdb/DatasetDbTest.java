// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening, options, and what a warehouse keeps. */
class DatasetDbTest {
    record Number(int n) {}

    @TempDir
    private Path folder;

    private DatasetDb open() {
        return DatasetDb.open(folder.resolve("w"));
    }

    private static Stream<Number> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Number::new);
    }

    @Test
    void optionsSayWhoAndWhere() {
        try (DatasetDb db = open()) {
            db.sql("CREATE NAMESPACE vision");
            db.sql("CREATE PROJECT vision.cats");
        }
        DatasetDb.Options options = DatasetDb.Options.DEFAULT.withAuthor("ada").withProject("vision", "cats");
        try (DatasetDb db = DatasetDb.open(folder.resolve("w").toString(), options)) {
            assertThat(db.deposit("x", numbers(1)).name()).isEqualTo("vision.cats.x@1.0.0");
            assertThat(db.deposit("main.public.x", numbers(1)).name()).isEqualTo("main.public.x@1.0.0");
            assertThat(db.sql("SELECT * FROM registry.versions WHERE author = 'ada'")
                            .count())
                    .isEqualTo(2);
            assertThat(db.sql("SELECT * FROM registry.jobs WHERE author = 'ada' AND client = 'java'")
                            .count())
                    .isEqualTo(2);
        }
        assertThatThrownBy(() -> DatasetDb.open(folder.resolve("w").toString(), options.withProject("vision", "dogs")))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("vision.dogs");
        assertThatThrownBy(() -> DatasetDb.open(folder.resolve("w").toString(), options.withThreads(0)))
                .hasMessageContaining("at least one thread (0)");
    }

    @Test
    void persistKeepsRowsForAsLongAsTheDatabaseIsOpenAndLineageSeesThroughIt() {
        try (DatasetDb db = open()) {
            db.deposit("numbers", numbers(10));
            Chain kept = db.dataset("numbers").filter("n > 5").persist();
            db.deposit("numbers", numbers(100));

            assertThat(kept.count()).isEqualTo(4);
            kept.filter("n > 7").save("few");
            assertThat(
                            db
                                    .sql(
                                            "SELECT parent_name, parent_version FROM registry.dependencies WHERE name = 'few'")
                                    .stream()
                                    .map(Row::toString))
                    .containsExactly("{parent_name=numbers, parent_version=1.0.0}");
        }
        try (DatasetDb db = open()) {
            assertThat(db.sql("SELECT name FROM registry.datasets WHERE name LIKE 'persisted%'")
                            .count())
                    .isZero();
        }
    }

    @Test
    void ifChangedMakesNoVersionOfTheSameRows() {
        try (DatasetDb db = open()) {
            db.deposit("numbers", numbers(10));
            assertThat(db.deposit("numbers", null, numbers(10), Save.NEXT.onlyIfChanged())
                            .version())
                    .isEqualTo("1.0.0");
            assertThat(db.deposit("numbers", null, numbers(11), Save.NEXT.onlyIfChanged())
                            .version())
                    .isEqualTo("1.0.1");
        }
    }

    @Test
    void severalThreadsUseOneDatabase() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (DatasetDb db = open()) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                counts.add(threads.submit(() -> {
                    db.deposit("d" + number, numbers(number));
                    return db.dataset("d" + number).filter("n >= 0").count();
                }));
            }
            for (int i = 0; i < 8; i++) {
                // A stream without rows does not say its record.
                if (i == 0) {
                    assertThatThrownBy(counts.get(0)::get).hasMessageContaining("give the class");
                } else {
                    assertThat(counts.get(i).get()).isEqualTo(i);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void rowsOfOneColumnAreReadAsItsValues() {
        try (DatasetDb db = open()) {
            db.deposit("numbers", numbers(3));
            assertThat(db.dataset("numbers").stream(Long.class)).containsExactly(0L, 1L, 2L);
            assertThat(db.dataset("numbers").stream(Row.class).map(row -> row.getLong("n")))
                    .containsExactly(0L, 1L, 2L);
            assertThatThrownBy(() -> db.sql("SELECT 1 AS a, 2 AS b").stream(Long.class))
                    .hasMessage("Cannot read rows as Long: there is more than one column (a, b)");
            try (Stream<Row> rows = db.sql("SELECT 1.5 AS half, CAST(7 AS DECIMAL(20, 2)) AS seven").stream()) {
                Row row = rows.findFirst().orElseThrow();
                assertThat(row.getLong("seven")).isEqualTo(7);
                assertThat(row.getDouble("half")).isEqualTo(1.5);
                assertThatThrownBy(() -> row.getLong("half")).hasMessageContaining("no whole number (1.5)");
                assertThatThrownBy(() -> row.get("halb")).hasMessageContaining("did you mean half?");
            }
        }
    }

    @Test
    void aDatabaseThatIsClosedSaysSo() {
        DatasetDb db = open();
        db.close();

        assertThatThrownBy(() -> db.sql("SELECT 1")).isInstanceOf(DatasetDbException.class);
        assertThatThrownBy(() -> db.deposit("x", numbers(1))).isInstanceOf(DatasetDbException.class);
        db.close();
    }
}
