// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.exec.Optimization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String SORT = "SELECT x, y FROM t ORDER BY y, x LIMIT 3";

    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET t AS SELECT a.x * 100 + b.x AS x, b.x AS y FROM"
                + " (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS a(x),"
                + " (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS b(x)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aSettingHoldsForItsSessionOnly() {
        db.rows("SET threads = 7");
        try (Session other = db.engine().openSession(SessionOptions.of("other"))) {
            assertThat(Db.rows(other, "SHOW threads")).isNotEqualTo(List.of("7"));
        }
        assertThat(db.rows("SHOW threads")).containsExactly("7");
        assertThat(db.session().options().settings().threads()).isEqualTo(7);
    }

    @Test
    void allSettingsAreShownWithWhatTheyAreFor() {
        db.rows("SET threads = 2");
        db.rows("SET memory_limit = '1GiB'");
        db.rows("SET disabled_optimizers = 'top_n,join_order'");
        assertThat(db.rows("SHOW SETTINGS"))
                .satisfiesExactly(
                        threads -> assertThat(threads).startsWith("threads | 2 | how many threads"),
                        memory -> assertThat(memory).startsWith("memory_limit | 1.0 GiB | how much memory"),
                        disabled -> assertThat(disabled)
                                .startsWith("disabled_optimizers | join_order,top_n | what is switched off")
                                .contains("join_order, semi_joins"));
        db.rows("RESET ALL");
        assertThat(db.rows("SHOW ALL").get(2)).startsWith("disabled_optimizers |  | ");
    }

    @Test
    void aMemoryLimitEndsWhatNeedsMore() {
        assertThat(db.rows("SELECT count(*) FROM (SELECT * FROM t ORDER BY y LIMIT 50)"))
                .containsExactly("50");
        db.rows("SET memory_limit = '100B'");
        assertThat(db.failure("SELECT count(*) FROM (SELECT * FROM t ORDER BY y LIMIT 50)"))
                .startsWith("53200 Cannot keep ")
                .contains("the budget of 100 bytes for this statement");
        db.rows("RESET memory_limit");
        assertThat(db.rows("SELECT count(*) FROM (SELECT * FROM t ORDER BY y LIMIT 50)"))
                .containsExactly("50");
    }

    @Test
    void everyOptimizationCanBeSwitchedOffWithoutAnotherAnswer() {
        String query = "SELECT a.x, c.y FROM t a JOIN t b ON a.x = b.x JOIN t c ON c.x = b.x"
                + " WHERE a.y > 4 AND EXISTS (SELECT 1 FROM t d WHERE d.x = a.x AND d.y < 8) ORDER BY a.x DESC LIMIT 5";
        List<String> expected = db.rows(query);
        assertThat(expected).hasSize(5);
        for (Optimization one : Optimization.values()) {
            db.rows("SET disabled_optimizers = '" + one.key() + "'");
            assertThat(db.rows(query)).as(one.key()).isEqualTo(expected);
        }
        db.rows("SET disabled_optimizers = '" + String.join(",", Optimization.keys()) + "'");
        assertThat(db.rows(query)).isEqualTo(expected);
    }

    @Test
    void whatIsSwitchedOffIsNotDone() {
        String filter = "EXPLAIN ANALYZE SELECT x FROM t WHERE y = 100";
        assertThat(String.join("\n", db.rows(filter))).contains("row groups 0");
        db.rows("SET disabled_optimizers = 'filter_pushdown'");
        assertThat(String.join("\n", db.rows(filter))).contains("row groups 1");
        db.rows("RESET disabled_optimizers");
        assertThat(String.join("\n", db.rows(filter))).contains("row groups 0");
    }

    @Test
    void aPreparedStatementRunsByTheSettingsOfNow() {
        PreparedStatement explain = db.session().prepare("EXPLAIN ANALYZE SELECT x FROM t WHERE y = 100");
        assertThat(rows(explain)).contains("row groups 0");
        db.rows("SET disabled_optimizers = 'filter_pushdown'");
        assertThat(rows(explain)).contains("row groups 1");
        PreparedStatement sort = db.session().prepare(SORT);
        assertThat(sort.execute(List.of(), 0).next()).isNotNull();
        db.rows("SET memory_limit = '10B'");
        assertThat(db.failure(SORT)).startsWith("53200");
    }

    private static String rows(PreparedStatement statement) {
        try (StatementResult result = statement.execute(List.of(), 0)) {
            return String.join("\n", Db.rows(result));
        }
    }

    @Test
    void aSettingIsCheckedBeforeItIsSet() {
        db.rows("SET threads = 3");
        assertThat(db.failure("SET threads = 'x'")).startsWith("22023");
        assertThat(db.rows("SHOW threads")).containsExactly("3");
        PreparedStatement set = db.session().prepare("SET threads = 5");
        assertThat(set.changesWarehouse()).isFalse();
        assertThat(db.rows("SHOW threads")).containsExactly("3");
        set.execute(List.of(), 0).close();
        assertThat(db.rows("SHOW threads")).containsExactly("5");
    }
}
