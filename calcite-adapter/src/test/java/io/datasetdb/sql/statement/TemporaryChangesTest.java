// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of temporary datasets: which files are there, who reads them to the end, and several at a time. */
class TemporaryChangesTest {
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

    private long filesOnDisk() throws IOException {
        Path data = warehouse.resolve("data");
        if (!Files.exists(data)) {
            return 0;
        }
        try (Stream<Path> found = Files.walk(data)) {
            return found.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void filesGoWithTheLastStateThatHasThem() throws IOException {
        db.rows("CREATE TEMPORARY DATASET t AS SELECT i AS id FROM generate_series(0, 9) AS s(i)");
        db.rows("INSERT INTO t SELECT i FROM generate_series(10, 19) AS s(i)");
        assertThat(filesOnDisk()).isEqualTo(2);
        db.rows("UPDATE t SET id = id + 100 WHERE id < 10");
        assertThat(filesOnDisk()).isEqualTo(2);
        db.rows("DELETE FROM t WHERE id >= 100");
        assertThat(filesOnDisk()).isEqualTo(1);
        assertThat(db.rows("SELECT count(*), min(id) FROM t")).containsExactly("10 | 10");
        db.rows("DROP DATASET t");
        assertThat(filesOnDisk()).isZero();
    }

    @Test
    void resultThatIsBeingReadKeepsItsFiles() throws IOException {
        db.rows("CREATE TEMPORARY DATASET t AS SELECT i AS id FROM generate_series(0, 99999) AS s(i)");
        db.rows("INSERT INTO t SELECT i FROM generate_series(100000, 199999) AS s(i)");
        long rows = 0;
        try (var result = db.session().prepare("SELECT id FROM t").execute(List.of(), 0)) {
            rows += result.next().size();
            db.rows("DELETE FROM t");
            for (var batch = result.next(); batch != null; batch = result.next()) {
                rows += batch.size();
            }
        }
        assertThat(rows).isEqualTo(200_000);
        assertThat(filesOnDisk()).isZero();
        assertThat(db.rows("SELECT count(*) FROM t")).containsExactly("0");
    }

    @Test
    void failingChangeLeavesWhatWasThere() throws IOException {
        db.rows("CREATE TEMPORARY DATASET t AS SELECT i AS id FROM generate_series(0, 9) AS s(i)");
        assertThat(db.failure("INSERT INTO t SELECT 1 / (id - 5) FROM t")).startsWith("22012 ");
        assertThat(db.failure("UPDATE t SET id = 1 / (id - 5)")).startsWith("22012 ");
        assertThat(filesOnDisk()).isEqualTo(1);
        assertThat(db.rows("SELECT count(*), sum(id) FROM t")).containsExactly("10 | 45");
        assertThat(db.rows("SELECT count(*) FROM registry.jobs")).containsExactly("0");
    }

    @Test
    void statementsOfOneSessionAtATimeLoseNothing() throws Exception {
        db.rows("CREATE TEMPORARY DATASET t AS SELECT 0 AS id");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                boolean inserts = t == 0;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 6; i++) {
                        db.rows(inserts ? "INSERT INTO t VALUES (1000)" : "UPDATE t SET id = id + 1 WHERE id < 1000");
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(db.rows("SELECT count(*), min(id) FROM t")).containsExactly("7 | 12");
    }
}
