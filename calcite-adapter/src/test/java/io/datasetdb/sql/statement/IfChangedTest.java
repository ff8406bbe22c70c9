// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE OR REPLACE DATASET … IF CHANGED: what counts as the same content. */
class IfChangedTest {
    private static final String ROWS =
            "SELECT i AS id, 'n' || MOD(i, 7) AS name, CASE WHEN MOD(i, 5) > 0 THEN i * 0.5 END"
                    + " AS v, ARRAY[i, NULL] AS list, CAST(ROW(i, 'x') AS ROW(a BIGINT, b VARCHAR)) AS f"
                    + " FROM generate_series(1, 10000) AS t(i)";

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

    /** The version that the statement answers. */
    private String version(String query) {
        String row =
                db.rows("CREATE OR REPLACE DATASET d IF CHANGED AS " + query).get(0);
        return row.split(" \\| ")[1];
    }

    @Test
    void sameRowsMakeNoVersionAndLeaveNoFiles() throws IOException {
        assertThat(version(ROWS)).isEqualTo("1.0.0");
        long files = filesOnDisk();
        assertThat(version(ROWS)).isEqualTo("1.0.0");
        assertThat(filesOnDisk()).isEqualTo(files);
        assertThat(db.rows("SELECT state FROM registry.jobs")).containsExactly("COMPLETE", "COMPLETE");
        assertThat(db.rows("SELECT count(*) FROM registry.versions WHERE content_hash IS NOT NULL"))
                .containsExactly("1");
    }

    @Test
    void whatIsSaidAboutSameRowsIsKept() {
        String about = "CREATE OR REPLACE DATASET d IF CHANGED METRICS (n = COUNT(*), top = MAX(id)) COMMENT 'new'"
                + " LABELS ('team=a') AS SELECT 1 AS id";
        assertThat(version("SELECT 1 AS id")).isEqualTo("1.0.0");
        assertThat(db.rows(about).get(0)).startsWith("main.public.d | 1.0.0 | 0 | 0 | ");
        assertThat(db.rows("SELECT comment, labels['team'], version_count FROM registry.datasets"))
                .containsExactly("new | a | 1");
        assertThat(db.rows("SELECT version, metric, metric_value, author FROM registry.metrics ORDER BY 2"))
                .containsExactly("1.0.0 | n | 1.0 | tester", "1.0.0 | top | 1.0 | tester");
        assertThat(version("SELECT 1 AS id")).isEqualTo("1.0.0");
        assertThat(db.rows("SELECT comment FROM registry.datasets")).containsExactly("new");
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> found = Files.walk(warehouse.resolve("data"))) {
            return found.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void orderFilesAndThreadsDoNotCount() {
        version(ROWS + " WHERE i <= 5000");
        db.rows("INSERT INTO d " + ROWS + " WHERE i > 5000");
        assertThat(version(ROWS)).isEqualTo("1.0.1");
        db.rows("SET threads = 1");
        assertThat(version("SELECT * FROM d")).isEqualTo("1.0.1");
        assertThat(version("SELECT * FROM d LIMIT 10000")).isEqualTo("1.0.1");
    }

    @Test
    void orderCountsWhereTheStatementOrders() {
        assertThat(version(ROWS + " ORDER BY id")).isEqualTo("1.0.0");
        assertThat(version(ROWS)).isEqualTo("1.0.0");
        assertThat(version(ROWS + " ORDER BY id DESC")).isEqualTo("1.0.1");
        assertThat(version(ROWS + " ORDER BY id DESC")).isEqualTo("1.0.1");
        // Of a version without the hash of its order, the rows tell.
        db.rows("CREATE OR REPLACE DATASET d AS " + ROWS + " ORDER BY id");
        assertThat(version(ROWS + " ORDER BY id")).isEqualTo("1.0.2");
    }

    @Test
    void everyDifferenceCounts() {
        assertThat(version(ROWS)).isEqualTo("1.0.0");
        List<String> others = List.of(
                ROWS.replace("10000", "10001"),
                ROWS.replace("AS name", "AS title"),
                ROWS.replace("i * 0.5", "CAST(i * 0.5 AS DOUBLE)"),
                ROWS.replace("'x'", "CASE WHEN i = 777 THEN 'y' ELSE 'x' END"),
                ROWS.replace("ARRAY[i, NULL]", "ARRAY[i, CASE WHEN i = 9 THEN 1 END]"),
                ROWS.replace("i AS id", "CASE WHEN i = 2 THEN 1 ELSE i END AS id"));
        int patch = 0;
        for (String other : others) {
            assertThat(version(other)).as(other).isEqualTo("1.0." + ++patch);
            assertThat(version(other)).as(other).isEqualTo("1.0." + patch);
        }
    }

    @Test
    void howOftenARowOccursCounts() {
        assertThat(version("SELECT * FROM (VALUES (1), (1), (2), (2)) AS t(a)")).isEqualTo("1.0.0");
        assertThat(version("SELECT * FROM (VALUES (1), (2), (2), (2)) AS t(a)")).isEqualTo("1.0.1");
        assertThat(version("SELECT * FROM (VALUES (2), (1), (2), (2)) AS t(a)")).isEqualTo("1.0.1");
    }

    @Test
    void valuesThatSqlHoldsForEqualAreEqual() {
        assertThat(version("SELECT CAST(0.0 AS DOUBLE) AS a, CAST('NaN' AS DOUBLE) AS b"))
                .isEqualTo("1.0.0");
        assertThat(version("SELECT CAST('-0.0' AS DOUBLE) AS a, CAST('NaN' AS DOUBLE) AS b"))
                .isEqualTo("1.0.0");
        assertThat(version("SELECT CAST(0.0 AS DOUBLE) AS a, CAST(NULL AS DOUBLE) AS b"))
                .isEqualTo("1.0.1");
    }

    @Test
    void emptyContentHasAHashToo() {
        assertThat(version("SELECT 1 AS a WHERE FALSE")).isEqualTo("1.0.0");
        assertThat(version("SELECT 2 AS a WHERE FALSE")).isEqualTo("1.0.0");
        assertThat(version("SELECT 2 AS b WHERE FALSE")).isEqualTo("1.0.1");
    }
}
