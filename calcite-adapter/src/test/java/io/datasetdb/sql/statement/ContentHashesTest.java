// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.DatasetDb;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every version knows the hash of its rows, however it was made. */
class ContentHashesTest {
    record Point(int x, String name) {}

    @TempDir
    private Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private String hash(String name) {
        return db.rows("SELECT v.content_hash FROM registry.versions AS v JOIN registry.datasets AS d ON v.name ="
                        + " d.name AND v.version = d.latest_version WHERE d.name = '" + name + "'")
                .get(0);
    }

    /** What the rows hash to that are there. */
    private String computed(String name) {
        db.rows("CREATE OR REPLACE DATASET computed AS SELECT * FROM " + name);
        return hash("computed");
    }

    private static String rows(Random random) {
        int from = random.nextInt(500);
        return "SELECT i AS id, CASE WHEN i % 3 > 0 THEN 'n' || (i % 7) END AS name, ARRAY[i, NULL] AS list,"
                + " CAST(ROW(i % 2, 'x') AS ROW(a INTEGER, b VARCHAR)) AS f FROM generate_series(" + from + ", "
                + (from + random.nextInt(400)) + ") AS t(i)";
    }

    private static String change(Random random) {
        int id = random.nextInt(900);
        return switch (random.nextInt(6)) {
            case 0 -> "INSERT INTO d " + rows(random);
            case 1 -> "DELETE FROM d WHERE id % 10 = " + random.nextInt(10) + " AND id > " + id;
            case 2 -> "UPDATE d SET id = id + 1, name = 'u' WHERE id % 5 = " + random.nextInt(5) + " AND id < " + id;
            case 3 ->
                "MERGE INTO d USING (SELECT DISTINCT * FROM (" + rows(random) + ")) AS s ON d.id = s.id AND d.id < 0"
                        + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)";
            case 4 ->
                "MERGE INTO d USING (SELECT " + id + " AS id) AS s ON d.id >= s.id WHEN MATCHED AND d.id % 2 = 0 THEN"
                        + " DELETE WHEN MATCHED THEN UPDATE SET name = d.name || '!' WHEN NOT MATCHED THEN INSERT (id)"
                        + " VALUES (-1)";
            default -> "DELETE FROM d WHERE id = " + id;
        };
    }

    @Test
    void changesOfRowsAreChangesOfTheHash() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        db.rows("CREATE DATASET d AS " + rows(random));
        for (int round = 0; round < 25; round++) {
            String change = change(random);
            db.rows(change);
            assertThat(hash("d")).as("seed " + seed + ", " + change).isEqualTo(computed("d"));
        }
        String before = hash("d");
        db.rows("UPDATE d SET name = 'u'");
        assertThat(hash("d")).isNotEqualTo(before);
        db.rows("DELETE FROM d");
        assertThat(hash("d")).isEqualTo(computed("d"));
    }

    @Test
    void rowsThatSeveralInsertAtOnceAllCount() throws InterruptedException, ExecutionException {
        db.rows("CREATE DATASET d AS SELECT 1 AS id");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> inserts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String insert = "INSERT INTO d VALUES (" + i + ")";
                inserts.add(pool.submit(() -> {
                    try (Session session = db.engine().openSession(SessionOptions.of("somebody"))) {
                        Db.rows(session, insert);
                    }
                }));
            }
            for (Future<?> insert : inserts) {
                insert.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(hash("d")).isEqualTo(computed("d"));
    }

    @Test
    void refreshedVersionsHaveTheHashOfTheirRows() {
        db.rows("CREATE DATASET a AS SELECT * FROM (VALUES (1, 'x'), (2, NULL), (2, NULL), (3, 'y')) AS t(n, s)");
        db.rows("CREATE DATASET d AS SELECT n + 1 AS m, s FROM a WHERE n < 9");
        db.rows("CREATE DATASET s AS SELECT s, count(*) AS c FROM a GROUP BY s");
        for (String change : List.of(
                "INSERT INTO a VALUES (4, 'z'), (10, 'w')", "DELETE FROM a WHERE n = 2", "UPDATE a SET n = 5")) {
            db.rows(change);
            assertThat(db.rows("REFRESH DATASET d").get(0)).contains("INCREMENTAL");
            assertThat(db.rows("REFRESH DATASET s").get(0)).contains("FULL");
            assertThat(hash("d")).as(change).isEqualTo(computed("d"));
            assertThat(hash("s")).as(change).isEqualTo(computed("s"));
        }
    }

    @Test
    void theOrderCountsWhereTheStatementOrders() {
        db.rows("CREATE DATASET a AS SELECT i FROM generate_series(1, 5000) AS t(i) ORDER BY i");
        db.rows("CREATE DATASET b AS SELECT i FROM a ORDER BY i DESC");
        db.rows("CREATE DATASET c AS SELECT i FROM b");
        assertThat(hash("a")).startsWith(hash("c") + "-").isNotEqualTo(hash("b"));
        assertThat(hash("b")).startsWith(hash("c") + "-");
    }

    @Test
    void rowsOfProgramsAreHashedAsAnyOthers() {
        try (DatasetDb java = DatasetDb.open(folder.resolve("warehouse"))) {
            java.deposit("points", Stream.of(new Point(1, "a"), new Point(2, "b")));
        }
        db.rows("CREATE DATASET same AS SELECT * FROM points");
        assertThat(hash("points")).isEqualTo(hash("same")).startsWith("2-");
    }
}
