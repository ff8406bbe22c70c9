// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COUNT, MIN and MAX of a whole version come from the registry where that is exact, and are the same as from the files. */
class StoredAnswersTest {
    @TempDir
    static Path folder;

    private static Db db;

    @BeforeAll
    static void open() {
        db = Db.open(folder.resolve("warehouse"));
        String columns = "SELECT CAST(g AS INTEGER) AS i, NULLIF(g, 7) AS l, CAST(g - 50 AS SMALLINT) AS s,"
                + " CAST(g AS DECIMAL(12, 2)) / 4 AS m, CAST(g AS DECIMAL(30, 3)) * -1 AS w,"
                + " DATE '2020-02-29' - INTERVAL '1' DAY * CAST(g AS INTEGER) AS d, g > 3 AS b,"
                + " CAST(NULL AS BIGINT) AS n, 'text ' || CAST(g AS VARCHAR) AS t, CAST(g AS DOUBLE) AS f"
                + " FROM generate_series(1, 100) AS x(g)";
        db.rows("CREATE DATASET filled AS " + columns);
        db.rows("CREATE DATASET hollow AS " + columns + " WHERE g > 1000");
    }

    @AfterAll
    static void close() {
        db.close();
    }

    private static void check(String sql, boolean stored) {
        List<String> plan = db.rows("EXPLAIN " + sql);
        assertThat(plan.stream().noneMatch(line -> line.contains("Scan")))
                .as(sql + plan)
                .isEqualTo(stored);
        List<String> rows = db.rows(sql);
        db.rows("SET disabled_optimizers = 'stored_answers'");
        try {
            assertThat(db.rows("EXPLAIN " + sql)).anyMatch(line -> line.contains("Scan"));
            assertThat(db.rows(sql)).as(sql).isEqualTo(rows);
        } finally {
            db.rows("RESET disabled_optimizers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filled", "hollow"})
    void whatIsExactIsNotRead(String dataset) {
        check("SELECT count(*) FROM " + dataset, true);
        for (String column : List.of("i", "l", "s", "m", "w", "d", "b", "n")) {
            check("SELECT min(" + column + "), max(" + column + "), count(" + column + ") FROM " + dataset, true);
        }
        check("SELECT count(*), count(l), min(i), max(d), max(DISTINCT m) + 1 AS x FROM " + dataset, true);
        check("SELECT count(t), count(f) FROM " + dataset, true);
    }

    @Test
    void whatMayNotBeExactIsRead() {
        for (String call : List.of(
                "min(t)",
                "max(f)",
                "count(DISTINCT i)",
                "min(i) FILTER (WHERE i > 5)",
                "sum(i)",
                "max(i + 1)",
                "min(i), min(t)")) {
            check("SELECT " + call + " FROM filled", false);
        }
        check("SELECT count(*) FROM filled WHERE i > 5", false);
        check("SELECT b, count(*) FROM filled GROUP BY b ORDER BY b", false);
        check("SELECT count(*) FROM (SELECT i FROM filled LIMIT 3) AS x", false);
    }

    @Test
    void eachVersionHasItsOwn() {
        db.rows("CREATE DATASET grows AS SELECT 1 AS x");
        check("SELECT count(*), max(x) FROM grows", true);
        db.rows("CREATE OR REPLACE DATASET grows AS SELECT CAST(g AS INTEGER) AS x FROM generate_series(4, 9) AS s(g)");
        assertThat(db.rows("SELECT count(*), max(x) FROM grows")).isEqualTo(List.of("6 | 9"));
        check("SELECT count(*), max(x) FROM grows", true);
        assertThat(db.rows("SELECT i FROM filled WHERE i = (SELECT max(x) FROM grows)"))
                .isEqualTo(List.of("9"));
    }
}
