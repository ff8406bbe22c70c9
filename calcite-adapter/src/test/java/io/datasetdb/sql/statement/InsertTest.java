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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** INSERT INTO: which files the next version has, what is remembered of it, and what several at a time do. */
class InsertTest {
    @TempDir
    private Path warehouse;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
        db.rows("CREATE DATASET d AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, name)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private List<String> files(String version) {
        return db.rows("SELECT path FROM registry.files WHERE name = 'd' AND version = '" + version + "'");
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> found = Files.walk(warehouse.resolve("data"))) {
            return found.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void insertSharesAllFilesAndCopiesNone() throws IOException {
        for (int i = 0; i < 99; i++) {
            db.rows("INSERT INTO d VALUES (" + (i + 3) + ", 'x')");
        }
        List<String> before = files("1.0.99");
        assertThat(before).hasSize(100);
        assertThat(filesOnDisk()).isEqualTo(100);
        // What is not there cannot be read.
        Files.move(warehouse.resolve("data"), warehouse.resolve("away"));

        db.rows("INSERT INTO d SELECT id, 'new' FROM UNNEST(ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) AS t(id)");

        assertThat(files("1.0.100")).hasSize(101).startsWith(before.toArray(String[]::new));
        assertThat(filesOnDisk()).isEqualTo(1);
        for (String file : before) {
            Files.createDirectories(warehouse.resolve(file).getParent());
            Files.move(warehouse.resolve(file.replaceFirst("data", "away")), warehouse.resolve(file));
        }
        assertThat(db.rows("SELECT count(*), count(DISTINCT id) FROM d")).containsExactly("111 | 101");
    }

    @Test
    void provenanceIsTheVersionBeforeAndWhatTheQueryReads() {
        db.rows("CREATE DATASET s AS SELECT 7 AS a, 'z' AS b");
        db.rows("INSERT INTO d SELECT a + 1, b FROM s");
        assertThat(db.rows("SELECT parent_name, parent_version FROM registry.dependencies WHERE name = 'd'"
                        + " AND version = '1.0.1' ORDER BY 1"))
                .containsExactly("d | 1.0.0", "s | 1.0.0");
        assertThat(db.rows("SELECT column_name, parent_name, parent_column, derivation FROM registry.column_lineage"
                        + " WHERE name = 'd' AND version = '1.0.1' ORDER BY 1, 2"))
                .containsExactly(
                        "id | d | id | IDENTITY",
                        "id | s | a | TRANSFORMED",
                        "name | d | name | IDENTITY",
                        "name | s | b | IDENTITY");
        assertThat(db.rows("SELECT statement FROM registry.versions WHERE name = 'd' AND version = '1.0.1'"))
                .containsExactly("INSERT INTO d SELECT a + 1, b FROM s");
    }

    @Test
    void preparedInsertTakesTheTypesOfTheColumnsAndRunsManyTimes() {
        var insert = db.session().prepare("INSERT INTO d (name, id) VALUES (?, ?)");
        assertThat(insert.parameters()).extracting(field -> field.type().sql()).containsExactly("VARCHAR", "INTEGER");
        for (int i = 0; i < 5; i++) {
            var result = insert.execute(List.of("n" + i, i), 0);
            assertThat(result.updateCount()).isEqualTo(1);
            result.close();
        }
        assertThat(db.rows("SELECT count(*) FROM d")).containsExactly("7");
    }

    @Test
    void columnOfAQueryAllowsNullFromTheVersionThatHoldsOne() {
        assertThat(db.rows("SELECT nullable FROM registry.columns WHERE name = 'd' AND column_name = 'name'"))
                .containsExactly("false");
        db.rows("INSERT INTO d (id) VALUES (3)");
        assertThat(db.rows("SELECT version, nullable FROM registry.columns WHERE name = 'd' AND column_name = 'name'"
                        + " ORDER BY version"))
                .containsExactly("1.0.0 | false", "1.0.1 | true");
        assertThat(db.rows("SELECT * FROM d WHERE name IS NULL")).containsExactly("3 | null");
    }

    @Test
    void rowsOfOthersInsertedMeanwhileAreKept() throws Exception {
        int sessions = 4;
        int each = 10;
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < sessions; t++) {
                int first = 1000 * (t + 1);
                running.add(threads.submit(() -> {
                    try (Session session = db.engine().openSession(SessionOptions.of("tester"))) {
                        for (int i = 0; i < each; i++) {
                            Db.rows(session, "INSERT INTO d VALUES (" + (first + i) + ", 'x')");
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
        assertThat(db.rows("SELECT count(*), count(DISTINCT id) FROM d")).containsExactly("42 | 42");
        assertThat(db.rows("SELECT count(DISTINCT version) FROM registry.versions WHERE name = 'd'"))
                .containsExactly("41");
        assertThat(db.rows("SELECT count(*) FROM registry.jobs WHERE state <> 'COMPLETE'"))
                .containsExactly("0");
    }

    @Test
    void failingInsertLeavesNothing() throws IOException {
        long before = filesOnDisk();
        assertThat(db.failure("INSERT INTO d SELECT 1 / (id - 2), name FROM d")).startsWith("22012 ");
        assertThat(filesOnDisk()).isEqualTo(before);
        assertThat(db.rows("SELECT max(version) FROM registry.versions WHERE name = 'd'"))
                .containsExactly("1.0.0");
    }
}
