// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UPDATE and DELETE: which files are written anew, where rows are afterwards, what is remembered, and several at a time. */
class ChangeRowsTest {
    @TempDir
    private Path warehouse;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** Three files with the numbers 0 to 9, 10 to 19 and 20 to 29. */
    private void threeFiles() {
        db.rows("CREATE DATASET d AS SELECT i AS id, 'n' || i AS name FROM generate_series(0, 9) AS t(i)");
        db.rows("INSERT INTO d SELECT i, 'n' || i FROM generate_series(10, 19) AS t(i)");
        db.rows("INSERT INTO d SELECT i, 'n' || i FROM generate_series(20, 29) AS t(i)");
    }

    private List<String> files(String version) {
        return db.rows("SELECT path FROM registry.files WHERE name = 'd' AND version = '" + version + "'");
    }

    @Test
    void onlyFilesWithChangedRowsAreWrittenAnew() {
        threeFiles();
        List<String> before = files("1.0.2");
        assertThat(db.rows("UPDATE d SET name = 'x' WHERE id = 12").get(0)).startsWith("main.public.d | 1.0.3 | 1 | ");
        List<String> after = files("1.0.3");
        assertThat(after).hasSize(3);
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(1)).isNotEqualTo(before.get(1));
        assertThat(after.get(2)).isEqualTo(before.get(2));
        assertThat(db.rows("SELECT name FROM d WHERE id IN (11, 12, 13)")).containsExactly("n11", "x", "n13");
        assertThat(db.rows("SELECT name FROM \"d@1.0.2\" WHERE id = 12")).containsExactly("n12");
    }

    @Test
    void fileThatLosesAllRowsDisappears() {
        threeFiles();
        List<String> before = files("1.0.2");
        db.rows("DELETE FROM d WHERE id BETWEEN 10 AND 19");
        assertThat(files("1.0.3")).containsExactly(before.get(0), before.get(2));
        assertThat(db.rows("DELETE FROM d").get(0)).startsWith("main.public.d | 1.0.4 | 20 | 0 | ");
        assertThat(files("1.0.4")).isEmpty();
        assertThat(db.rows("SELECT * FROM d")).isEmpty();
        assertThat(db.rows("DELETE FROM d").get(0)).startsWith("main.public.d | 1.0.4 | 0 | 0 | ");
    }

    @Test
    void nothingChangedMakesNoVersion() {
        threeFiles();
        assertThat(db.rows("UPDATE d SET id = 0 WHERE id > 99").get(0)).startsWith("main.public.d | 1.0.2 | 0 | 0 | ");
        assertThat(db.rows("DELETE FROM d WHERE name IS NULL").get(0)).startsWith("main.public.d | 1.0.2 | 0 | 0 | ");
        assertThat(db.rows("SELECT count(*) FROM registry.versions WHERE name = 'd'"))
                .containsExactly("3");
    }

    @Test
    void provenanceIsTheVersionBeforeAndWhatTheConditionReads() {
        threeFiles();
        db.rows("CREATE DATASET s AS SELECT 7 AS a, 'z' AS b");
        db.rows("UPDATE d SET name = upper(name) || (SELECT min(b) FROM s) WHERE id IN (SELECT a FROM s)");
        assertThat(db.rows("SELECT parent_name, parent_version FROM registry.dependencies WHERE name = 'd'"
                        + " AND version = '1.0.3' ORDER BY 1"))
                .containsExactly("d | 1.0.2", "s | 1.0.0");
        assertThat(db.rows("SELECT column_name, parent_name, parent_column, derivation FROM registry.column_lineage"
                        + " WHERE name = 'd' AND version = '1.0.3' ORDER BY 1, 2"))
                .containsExactly(
                        "id | d | id | IDENTITY", "name | d | name | TRANSFORMED", "name | s | b | AGGREGATED");
        assertThat(db.rows("SELECT name FROM d WHERE id = 7")).containsExactly("N7z");
    }

    /** Files of several row groups and batches, changed at random places, against the same computed by a query. */
    @Test
    void rowsKeepTheirPlaces() {
        long seed = 20261122;
        Random random = new Random(seed);
        db.rows("CREATE DATASET d AS SELECT i AS id, CASE WHEN MOD(i, 7) = 0 THEN NULL ELSE i * 3 END AS v,"
                + " 'text ' || MOD(i, 11) AS s FROM generate_series(0, 299999) AS t(i)");
        db.rows("INSERT INTO d SELECT i, i, 'text ' || MOD(i, 13) FROM generate_series(300000, 305000) AS t(i)");
        for (int round = 0; round < 6; round++) {
            String condition = switch (round) {
                case 0 -> "id BETWEEN 122000 AND 123500";
                case 1 -> "MOD(id, " + (2 + random.nextInt(900)) + ") = 1";
                case 2 -> "s = 'text 12'";
                case 3 -> "v IS NULL AND id > " + random.nextInt(300_000);
                case 4 -> "id IN (" + random.nextInt(300_000) + ", " + random.nextInt(300_000) + ")";
                default -> "v < id * 2 OR id = 5";
            };
            String expected = round % 2 == 0
                    ? "SELECT id, CASE WHEN " + condition + " THEN id + 1 ELSE v END AS v, CASE WHEN " + condition
                            + " THEN 'new' ELSE s END AS s FROM d"
                    : "SELECT id, v, s FROM d WHERE (" + condition + ") IS NOT TRUE";
            List<String> rows = db.rows(expected);
            db.rows(
                    round % 2 == 0
                            ? "UPDATE d SET v = id + 1, s = 'new' WHERE " + condition
                            : "DELETE FROM d WHERE " + condition);
            assertThat(db.rows("SELECT id, v, s FROM d"))
                    .as("seed %d, round %d: %s", seed, round, condition)
                    .isEqualTo(rows);
        }
    }

    @Test
    void updatesOfOthersMeanwhileAreKept() throws Exception {
        db.rows("CREATE DATASET d AS SELECT 0 AS id");
        int sessions = 4;
        int each = 8;
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < sessions; t++) {
                running.add(threads.submit(() -> {
                    try (Session session = db.engine().openSession(SessionOptions.of("tester"))) {
                        for (int i = 0; i < each; i++) {
                            Db.rows(session, "UPDATE d SET id = id + 1");
                        }
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(db.rows("SELECT id FROM d")).containsExactly("32");
    }

    @Test
    void changesOfEveryKindMeanwhileAreKept() throws Exception {
        db.rows("CREATE DATASET d AS SELECT * FROM (VALUES (1, 0), (2, 0), (3, 0)) AS t(id, n)");
        List<String> statements = List.of(
                "UPDATE d SET n = n + 1 WHERE id = 1",
                "MERGE INTO d USING (VALUES (2, 1)) AS s(id, step) ON d.id = s.id WHEN MATCHED THEN UPDATE SET n = n +"
                        + " step",
                "INSERT INTO d VALUES (100, 1)",
                "MERGE INTO d USING (VALUES (3, 1)) AS s(id, step) ON d.id = s.id AND d.n < 0 WHEN NOT MATCHED THEN"
                        + " INSERT VALUES (200, step)");
        int each = 6;
        ExecutorService threads = Executors.newFixedThreadPool(statements.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (String sql : statements) {
                running.add(threads.submit(() -> {
                    try (Session session = db.engine().openSession(SessionOptions.of("tester"))) {
                        for (int i = 0; i < each; i++) {
                            Db.rows(session, sql);
                        }
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(db.rows("SELECT id, sum(n), count(*) FROM d GROUP BY id ORDER BY id"))
                .containsExactly("1 | 6 | 1", "2 | 6 | 1", "3 | 0 | 1", "100 | 6 | 6", "200 | 6 | 6");
        assertThat(db.rows("SELECT count(*) FROM registry.versions WHERE name = 'd'"))
                .containsExactly("25");
    }

    @Test
    void failingUpdateLeavesNothing() throws IOException {
        threeFiles();
        long before = filesOnDisk();
        assertThat(db.failure("UPDATE d SET id = 1 / (id - 25)")).startsWith("22012 ");
        assertThat(db.failure("UPDATE d SET id = id + 9223372036854775800 WHERE id > 5"))
                .startsWith("22003 ");
        assertThat(filesOnDisk()).isEqualTo(before);
        assertThat(db.rows("SELECT max(version) FROM registry.versions WHERE name = 'd'"))
                .containsExactly("1.0.2");
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> found = Files.walk(warehouse.resolve("data"))) {
            return found.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void fieldsOfARowAreSetOneByOne() {
        db.rows("CREATE DATASET d AS SELECT 1 AS id, CAST(ROW('p', 5, ROW(1, 2)) AS ROW(path VARCHAR, size BIGINT,"
                + " pair ROW(a INTEGER, b INTEGER))) AS f");
        db.rows("INSERT INTO d (id) VALUES (2)");
        db.rows("UPDATE d SET f.size = f.size * 2, f.pair.b = 7 WHERE id = 1");
        db.rows("UPDATE d AS x SET x.f.path = 'q', id = 3 WHERE id = 2");
        assertThat(db.rows("SELECT id, f.path, f.size, f.pair.a, f.pair.b FROM d"))
                .containsExactly("1 | p | 10 | 1 | 7", "3 | q | null | null | null");
        assertThat(db.failure("UPDATE d SET f.sise = 1"))
                .isEqualTo("42703 Cannot update dataset main.public.d: f has no field sise (at line 1, column 14)");
        assertThat(db.failure("UPDATE d SET f.size = 1, f = NULL"))
                .isEqualTo("42701 Cannot update dataset main.public.d: column f is given twice (at line 1, column 26)");
    }

    @Test
    void preparedUpdateTakesTheTypesOfTheColumns() {
        threeFiles();
        var update = db.session().prepare("UPDATE d SET name = ?, id = ? WHERE id = ?");
        assertThat(update.parameters())
                .extracting(field -> field.type().sql())
                .containsExactly("VARCHAR", "BIGINT", "BIGINT");
        for (int i = 0; i < 3; i++) {
            try (var result = update.execute(List.of("new", 100L + i, (long) i), 0)) {
                assertThat(result.updateCount()).isEqualTo(1);
            }
        }
        assertThat(db.rows("SELECT id FROM d WHERE name = 'new'")).containsExactly("100", "101", "102");
    }
}
