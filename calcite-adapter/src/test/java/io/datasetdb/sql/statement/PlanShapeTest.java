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

/** The shape of plans, as EXPLAIN shows it, and that their rows are right. */
class PlanShapeTest {
    @TempDir
    static Path folder;

    private static Db db;

    /** Sales: 20 000 of 2000 articles; articles: 2000 in 100 groups. */
    @BeforeAll
    static void open() {
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET sales AS SELECT CAST(MOD(g, 2000) AS BIGINT) AS article, g AS amount, CAST(g AS"
                + " VARCHAR) AS note FROM generate_series(1, 20000) AS t(g)");
        db.rows("CREATE DATASET articles AS SELECT g AS id, MOD(g, 100) AS grp, 'name ' || CAST(g AS VARCHAR) AS name"
                + " FROM generate_series(0, 1999) AS t(g)");
    }

    @AfterAll
    static void close() {
        db.close();
    }

    private static List<String> plan(String sql) {
        return db.rows("EXPLAIN " + sql).stream().map(String::strip).toList();
    }

    private static long count(List<String> plan, String part) {
        return plan.stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void aViewReadTwiceIsComputedOnce() {
        String sql = "WITH revenue AS (SELECT article, SUM(amount) AS total FROM sales GROUP BY article)"
                + " SELECT article, total FROM revenue WHERE total = (SELECT MAX(total) FROM revenue)";
        assertThat(count(plan(sql), "Shared")).isEqualTo(2);
        assertThat(db.rows(sql)).containsExactly("0 | 110000");
    }

    @Test
    void partsThatDifferAreNotShared() {
        String sql = "SELECT (SELECT MAX(s) FROM (SELECT SUM(amount) AS s FROM sales GROUP BY article)),"
                + " (SELECT MAX(s) FROM (SELECT SUM(amount) AS s FROM sales WHERE amount > 5 GROUP BY article))";
        assertThat(count(plan(sql), "Shared")).isZero();
    }

    @Test
    void whatAnswersDifferentlyEachTimeIsNotShared() {
        String sql = "WITH v AS (SELECT article, MAX(RAND()) AS r FROM sales GROUP BY article)"
                + " SELECT COUNT(*) FROM v AS a JOIN v AS b ON a.article = b.article WHERE a.r = b.r";
        assertThat(count(plan(sql), "Shared")).isZero();
    }

    @Test
    void almostAllRowsAreReadAgainRatherThanKept() {
        String sql = "WITH v AS (SELECT article, amount FROM sales WHERE amount > 5)"
                + " SELECT COUNT(*) FROM v AS a JOIN v AS b ON a.amount = b.amount";
        assertThat(count(plan(sql), "Shared")).isZero();
        assertThat(db.rows(sql)).containsExactly("19995");
    }

    @Test
    void aSubQueryAggregatesOnlyTheGroupsThatAreAskedFor() {
        String sql = "SELECT SUM(s.amount) FROM sales AS s, articles AS a WHERE a.id = s.article AND a.grp = 7"
                + " AND s.amount < (SELECT AVG(i.amount) FROM sales AS i WHERE i.article = a.id)";
        List<String> plan = plan(sql);
        assertThat(count(plan, "semi join")).isEqualTo(1);
        assertThat(count(plan, "Shared")).isEqualTo(2);
        assertThat(db.rows(sql))
                .isEqualTo(db.rows("SELECT SUM(s.amount) FROM sales AS s JOIN articles AS a ON a.id = s.article"
                        + " JOIN (SELECT article, AVG(amount) AS mean FROM sales WHERE MOD(article, 100) = 7"
                        + " GROUP BY article) AS m ON m.article = s.article"
                        + " WHERE a.grp = 7 AND s.amount < m.mean"));
    }

    @Test
    void theRowsOfAnOuterJoinStayWhole() {
        String sql = "SELECT COUNT(*), COUNT(a.id) FROM"
                + " (SELECT article, SUM(amount) AS total FROM sales GROUP BY article) AS s"
                + " LEFT JOIN (SELECT * FROM articles WHERE grp = 7) AS a ON a.id = s.article";
        assertThat(count(plan(sql), "semi join")).isZero();
        assertThat(db.rows(sql)).containsExactly("2000 | 20");
    }

    @Test
    void theOptionalSideOfAnOuterJoinIsReduced() {
        String sql = "SELECT COUNT(*), SUM(s.total) FROM (SELECT * FROM articles WHERE grp = 7) AS a"
                + " LEFT JOIN (SELECT article, SUM(amount) AS total FROM sales GROUP BY article) AS s"
                + " ON a.id = s.article";
        assertThat(count(plan(sql), "semi join")).isEqualTo(1);
        assertThat(db.rows(sql)).containsExactly("20 | 1991400");
    }

    @Test
    void aGroupOfNullsThatIsAskedForIsThere() {
        String sums =
                "(SELECT NULLIF(article, 5) AS article, SUM(amount) AS total FROM sales GROUP BY NULLIF(article, 5))";
        String nulls = "(SELECT NULLIF(id, 5) AS id FROM articles WHERE name = 'name 5')";
        String nullSafe = "SELECT COUNT(*), SUM(s.total) FROM " + nulls + " AS a JOIN " + sums
                + " AS s ON a.id IS NOT DISTINCT FROM s.article";
        assertThat(count(plan(nullSafe), "semi join")).isZero();
        assertThat(db.rows(nullSafe)).containsExactly("1 | 90050");
        assertThat(db.rows("SELECT COUNT(*) FROM " + nulls + " AS a JOIN " + sums + " AS s ON a.id = s.article"))
                .containsExactly("0");
    }

    @Test
    void groupsThatAreAlmostAllAskedForAreNotReduced() {
        String sql = "SELECT COUNT(*) FROM articles AS a"
                + " JOIN (SELECT article, SUM(amount) AS total FROM sales GROUP BY article) AS s ON a.id = s.article";
        assertThat(count(plan(sql), "semi join")).isZero();
        assertThat(db.rows(sql)).containsExactly("2000");
    }

    @Test
    void alternativesThatLookAtBothSidesOfAJoinAreEstimated() {
        assertThat(db.rows("SELECT COUNT(*) FROM sales AS s JOIN articles AS a ON a.id = s.article"
                        + " WHERE a.grp = 7 AND s.amount > 98 OR a.grp BETWEEN 8 AND 9 AND s.amount < 1"
                        + " OR a.grp < 1 AND s.amount IS NULL"))
                .isEqualTo(db.rows("SELECT COUNT(*) FROM sales AS s JOIN articles AS a ON a.id = s.article"
                        + " WHERE CASE WHEN a.grp = 7 THEN s.amount > 98 WHEN a.grp BETWEEN 8 AND 9 THEN s.amount < 1"
                        + " ELSE a.grp < 1 AND s.amount IS NULL END"));
    }

    @Test
    void aColumnThatOnlyAFilterUsesDoesNotCrossAJoin() {
        List<String> plan = plan("SELECT s.note FROM sales AS s JOIN articles AS a ON a.id = s.article"
                + " WHERE a.grp = 7 AND s.amount > 50");
        assertThat(plan).anyMatch(line -> line.matches("\\W*Project: id .*"));
        assertThat(plan).anyMatch(line -> line.matches("\\W*Project: article, note .*"));
    }

    /** The rows of a query, which are the same without an optimization. */
    private static List<String> rowsAlsoWithout(String optimization, String sql) {
        List<String> rows = db.rows(sql);
        db.rows("SET disabled_optimizers = '" + optimization + "'");
        try {
            assertThat(rows).as(sql).isEqualTo(db.rows(sql));
        } finally {
            db.rows("RESET disabled_optimizers");
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"})
    void whatIsComputedOfEachSideIsFoundByHash(String kind) {
        for (String condition : List.of(
                "s.article = a.small",
                "CAST(a.small AS BIGINT) = s.article",
                "s.article + 1 = a.id",
                "MOD(s.article, 7) = MOD(a.id, 11) AND s.amount > a.id",
                "CAST(s.article AS DECIMAL(12, 2)) = CAST(a.id AS DECIMAL(30, 1))",
                "CAST(s.article AS DECIMAL(12, 2)) = CAST(a.id AS DECIMAL(15, 2))",
                "CAST(s.article AS DECIMAL(12, 2)) = a.small",
                "NULLIF(s.article, 5) IS NOT DISTINCT FROM NULLIF(a.id, 6)",
                "'name ' || s.note = a.name")) {
            String sql = "SELECT COUNT(*), SUM(s.amount), SUM(a.id), COUNT(a.name), COUNT(s.note)"
                    + " FROM (SELECT * FROM sales WHERE amount < 150) AS s " + kind
                    + " (SELECT *, CAST(id AS SMALLINT) AS small FROM articles WHERE id < 120) AS a ON " + condition;
            assertThat(count(plan(sql), "Hash")).as(condition).isEqualTo(1);
            rowsAlsoWithout("computed_keys", sql);
        }
        String names = "SELECT * FROM (SELECT article, note FROM sales WHERE amount < 9) AS s " + kind
                + " (SELECT id, name FROM articles WHERE id < 12) AS a ON s.article * 2 = a.id + 1 ORDER BY 1, 3";
        rowsAlsoWithout("computed_keys", names);
    }

    @Test
    void notInIsAnAntiJoinThatMindsNulls() {
        for (String list : List.of("grp < 5", "grp < 5 OR name = 'name 9'", "grp < 0", "name = 'name 9'")) {
            for (String value :
                    List.of("a.id", "NULLIF(a.id, 105)", "NULLIF(a.id, 105) + 1", "CAST(NULL AS INTEGER)")) {
                String sql = "SELECT COUNT(*), SUM(a.id), MIN(a.name) FROM articles AS a WHERE a.grp < 50 AND " + value
                        + " NOT IN (SELECT NULLIF(id, 9) FROM articles WHERE " + list + ")";
                if (!value.startsWith("CAST")) {
                    assertThat(count(plan(sql), "Hash anti join")).as(sql).isEqualTo(1);
                }
                rowsAlsoWithout("semi_joins", sql);
            }
        }
        String correlated = "SELECT COUNT(*), SUM(a.id) FROM articles AS a WHERE NULLIF(a.grp, 3) NOT IN"
                + " (SELECT NULLIF(b.grp, 4) FROM articles AS b WHERE b.id > a.id + 1900)";
        rowsAlsoWithout("semi_joins", correlated);
    }
}
