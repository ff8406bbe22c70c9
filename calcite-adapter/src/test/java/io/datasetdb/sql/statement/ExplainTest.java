// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET t AS SELECT a.x * 10 + b.x AS n, b.x AS k, 'text' || a.x AS s FROM"
                + " (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS a(x),"
                + " (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS b(x)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** Lines in which times, sizes and the numbers of pages say only that they are there; runs of blanks are one. */
    private List<String> masked(String sql) {
        return db.rows(sql).stream()
                .map(line -> line.replaceAll("[\\d,]+\\.\\d ms", "…ms")
                        .replaceAll("[\\d.]+ (B|KiB|MiB)\\b", "…bytes")
                        .replaceAll("pages [\\d,]+( of [\\d,]+)?", "pages …")
                        .replaceAll(", cached chunks [\\d,]+( of [\\d,]+)?", "")
                        .replaceAll("threads: \\d+", "threads: …")
                        .replaceAll("(?<=\\S) +", " "))
                .toList();
    }

    @Test
    void explainShowsTheStepsAndHowManyRowsAreExpected() {
        List<String> lines =
                masked("EXPLAIN SELECT k, sum(n) AS total FROM t WHERE n >= 50 GROUP BY k ORDER BY total DESC LIMIT 3");
        assertThat(lines.get(0)).endsWith("estimated rows");
        assertThat(String.join("\n", lines))
                .containsPattern("(?s)\nTop: 3 by total desc 3\n.*Aggregate: sum\\(n\\) by k \\d+\n.*"
                        + "└─ Scan main.public.t@1.0.0: n >= 50 \\d+$");
    }

    @Test
    void analyzeCountsTheRowsOfEveryStep() {
        List<String> lines = masked(
                "EXPLAIN ANALYZE SELECT a.s, count(*) AS c FROM t a JOIN t b ON a.n = b.k WHERE a.k < 5 GROUP BY a.s");
        String text = String.join("\n", lines);
        assertThat(lines.get(0)).endsWith("estimated rows time");
        assertThat(text).containsPattern("Aggregate: count\\(\\) by s \\d+ 1 …ms");
        assertThat(text).containsPattern("Hash inner join: [^\n]* \\d+ 50 …ms");
        assertThat(text).containsPattern("Scan main.public.t@1.0.0: k < 5 \\d+ 50 …ms");
        // what the join will not match does not leave the scan
        assertThat(text).containsPattern("Scan main.public.t@1.0.0 \\d+ 50 …ms");
        assertThat(text)
                .contains("50 of 100 rows dropped")
                .contains("kept …bytes")
                .contains("read …bytes, row groups 1");
        assertThat(lines.get(lines.size() - 2))
                .isEqualTo("rows: 1, threads: …, peak memory: …bytes, temporary files: …bytes");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("planning: …ms, execution: …ms");
    }

    @Test
    void analyzeAgreesWithOneThreadAndWithAll() {
        String sql = "EXPLAIN ANALYZE SELECT DISTINCT s, k FROM t WHERE n > (SELECT avg(n) FROM t) ORDER BY 1, 2";
        // from here on all columns are kept, whoever reads them first
        db.rows(sql);
        List<String> parallel = masked(sql);
        db.rows("SET threads = 1");
        assertThat(masked(sql)).isEqualTo(parallel);
        assertThat(parallel).anyMatch(line -> line.startsWith("rows: 50, "));
    }

    @Test
    void linesFitATerminal() {
        String wide = "x".repeat(200);
        assertThat(db.rows("EXPLAIN ANALYZE SELECT n AS \"" + wide + "\", count(*) AS b FROM t WHERE s <> '" + wide
                        + "' GROUP BY n ORDER BY 2"))
                .allMatch(line -> line.length() <= 116)
                .anyMatch(line -> line.contains("…"));
    }

    @Test
    void theTimesOfAllStepsAreNoMoreThanTheThreadsHad() {
        List<String> lines = db.rows("EXPLAIN ANALYZE SELECT a.k, count(*) FROM t a, t b GROUP BY a.k");
        double execution = milliseconds(lines.get(lines.size() - 1).replaceFirst(".*execution: ", ""));
        double steps = lines.stream()
                .filter(line -> line.endsWith(" ms") && !line.startsWith("planning"))
                .mapToDouble(line -> milliseconds(line.replaceFirst(".* (?=[\\d,.]+ ms$)", "")))
                .sum();
        assertThat(steps)
                .isPositive()
                .isLessThanOrEqualTo(execution * Runtime.getRuntime().availableProcessors() + 1);
    }

    private static double milliseconds(String text) {
        return Double.parseDouble(text.replace(",", "").replace(" ms", ""));
    }
}
