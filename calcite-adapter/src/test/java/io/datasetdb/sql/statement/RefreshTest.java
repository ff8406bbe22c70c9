// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshTest {
    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** The row without bytes and milliseconds. */
    private String refreshed(String sql) {
        return db.rows(sql).get(0).replaceFirst("^(\\S+ \\| \\S+ \\| \\d+) \\| \\d+ \\| \\d+ \\| ", "$1 | ");
    }

    private void numbers() {
        db.rows("CREATE DATASET a AS SELECT * FROM (VALUES (1, 'x'), (2, NULL), (2, NULL)) AS t(n, s)");
    }

    /** Whatever happens to the inputs, the result is that of a full run, each row as often. */
    @Test
    void anIncrementIsWhatAFullRunMakes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String query = "SELECT n * 2 AS m, s, r.f AS f, x FROM a WHERE n % 3 <> 0"
                + " UNION ALL SELECT n, upper(s), n, x FROM a WHERE s IS NOT NULL"
                + " UNION ALL SELECT n, 'of b', n, CAST(NULL AS DOUBLE) FROM b";
        db.rows("CREATE DATASET a AS " + rows(random));
        db.rows("CREATE DATASET b AS SELECT 1 AS n");
        db.rows("CREATE DATASET d AS " + query);
        for (int round = 0; round < 20; round++) {
            String change = change(random);
            String told = "seed " + seed + ", round " + round + ": " + change;
            db.rows(change);
            String before = latest("a") + latest("b");
            String outcome = refreshed("REFRESH DATASET d");
            db.rows("CREATE OR REPLACE DATASET full_run AS " + query);
            assertThat(db.rows("SELECT * FROM d EXCEPT ALL SELECT * FROM full_run"))
                    .as(told)
                    .isEmpty();
            assertThat(db.rows("SELECT * FROM full_run EXCEPT ALL SELECT * FROM d"))
                    .as(told)
                    .isEmpty();
            assertThat(outcome).as(told).containsAnyOf("| INCREMENTAL |", "| UNCHANGED |");
            assertThat(refreshed("REFRESH DATASET d")).as(told).contains("| UNCHANGED |");
            assertThat(latest("a") + latest("b")).isEqualTo(before);
        }
        assertThat(db.rows("REPRODUCE DATASET d").get(0)).as("seed " + seed).contains(" | true | ");
    }

    private String latest(String name) {
        return db.rows("SELECT latest_version FROM registry.datasets WHERE name = '" + name + "'")
                .get(0);
    }

    private static String rows(Random random) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            int n = random.nextInt(6);
            String s = random.nextBoolean() ? "'" + (char) ('a' + random.nextInt(3)) + "'" : "NULL";
            String x = List.of("NULL", "'NaN'", "'1.5'").get(random.nextInt(3));
            values.append(i == 0 ? "" : ", ").append("(" + n + ", " + s + ", " + n % 2 + ", " + x + ")");
        }
        return "SELECT n, CAST(s AS VARCHAR) AS s, CAST(ROW(f) AS ROW(f INTEGER)) AS r, CAST(x AS DOUBLE) AS x FROM"
                + " (VALUES (0, NULL, 0, NULL), "
                + values + ") AS t(n, s, f, x)";
    }

    private static String change(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "INSERT INTO a " + rows(random);
            case 1 -> "DELETE FROM a WHERE n = " + random.nextInt(6);
            case 2 -> "UPDATE a SET n = n + 1, s = 'u' WHERE n = " + random.nextInt(6);
            case 3 -> "CREATE OR REPLACE DATASET a AS " + rows(random);
            default -> "INSERT INTO b VALUES (" + random.nextInt(4) + ")";
        };
    }

    @Test
    void explainSaysWhatARefreshWouldDoAndDoesNot() {
        numbers();
        db.rows("CREATE DATASET d AS SELECT n + 1 AS m FROM a");
        db.rows("CREATE DATASET g AS SELECT count(*) AS c FROM a");
        assertThat(db.rows("EXPLAIN REFRESH DATASET d"))
                .containsExactly(
                        "refresh of main.public.d@1.0.0: UNCHANGED (its inputs are those that version 1.0.0 was"
                                + " made from)");
        db.rows("INSERT INTO a VALUES (7, 'seven')");
        assertThat(db.rows("EXPLAIN REFRESH DATASET d"))
                .startsWith("refresh of main.public.d@1.0.0: INCREMENTAL (main.public.a@1.0.0 is 1.0.1 now)")
                .hasSizeGreaterThan(1);
        assertThat(db.rows("EXPLAIN REFRESH DATASET d FULL").get(0)).endsWith(": FULL (FULL was asked for)");
        assertThat(db.rows("EXPLAIN REFRESH DATASET g").get(0)).endsWith(": FULL (it groups rows)");
        assertThat(db.failure("EXPLAIN ANALYZE REFRESH DATASET g"))
                .isEqualTo("0A000 Cannot explain the statement: ANALYZE would run it, give it the query alone");
        assertThat(db.failure("EXPLAIN REFRESH DATASET a"))
                .startsWith("55000 Cannot refresh dataset main.public.a@1.0.1:");
        assertThat(db.failure("EXPLAIN REFRESH DATASET nowhere")).startsWith("42P01 ");
        assertThat(latest("d") + latest("g")).isEqualTo("1.0.01.0.0");
        assertThat(db.rows("EXPLAIN CREATE OR REPLACE DATASET d AS SELECT n FROM a"))
                .isNotEmpty();
        assertThat(db.rows("EXPLAIN INSERT INTO d SELECT n FROM a")).isNotEmpty();
        assertThat(db.rows("EXPLAIN UPDATE d SET m = 1")).isNotEmpty();
        assertThat(latest("d")).isEqualTo("1.0.0");
    }

    @Test
    void filesThatLoseNoRowAreShared() {
        numbers();
        db.rows("CREATE DATASET d AS SELECT n + 1 AS m FROM a");
        db.rows("INSERT INTO a VALUES (7, 'seven')");
        assertThat(refreshed("REFRESH DATASET d"))
                .isEqualTo("main.public.d | 1.0.1 | 1 | INCREMENTAL | main.public.a@1.0.0 is 1.0.1 now: 1 rows added, 0"
                        + " removed");
        assertThat(db.rows("SELECT count(*), count(DISTINCT path) FROM registry.files WHERE name = 'd'"))
                .containsExactly("3 | 2");
        db.rows("DELETE FROM a WHERE n = 7");
        assertThat(db.rows("REFRESH DATASET d").get(0)).contains(" | 1.0.2 | 1 | 0 | ");
        assertThat(db.rows("SELECT count(DISTINCT path) FROM registry.files WHERE name = 'd'"))
                .containsExactly("2");
        assertThat(db.rows("SELECT parent_version FROM registry.dependencies WHERE name = 'd' AND version = '1.0.2'"))
                .containsExactly("1.0.2");
        assertThat(db.rows("SELECT statement FROM registry.versions WHERE name = 'd' AND version = '1.0.2'"))
                .containsExactly("CREATE DATASET d AS SELECT n + 1 AS m FROM a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT count(*) AS c FROM a                           | it groups rows
        SELECT DISTINCT n FROM a                              | DISTINCT compares rows with each other
        SELECT n FROM a UNION SELECT n FROM a                 | UNION without ALL compares rows with each other
        SELECT n FROM a ORDER BY n                            | ORDER BY says where each row is
        SELECT n FROM a LIMIT 2                               | LIMIT counts rows
        SELECT x.n FROM a AS x JOIN a AS y ON x.n = y.n       | it joins rows
        SELECT n FROM a WHERE n IN (SELECT n FROM a)          | it has a sub-query
        SELECT n, row_number() OVER (ORDER BY n) AS r FROM a  | a window takes rows together
        SELECT n, uuid() AS u FROM a                          | the results of uuid differ from call to call
        SELECT n, random() AS u FROM a                        | the results of RANDOM differ from call to call
        SELECT n FROM (SELECT * FROM a LIMIT 9) AS x          | LIMIT counts rows
        SELECT n FROM a EXCEPT ALL SELECT 9                   | it has a step that takes rows together
        SELECT n, u FROM a, UNNEST(ARRAY[n, n]) AS t(u)       | it has a step that takes rows together
        SELECT n, CURRENT_TIMESTAMP AS t FROM a               | CURRENT_TIMESTAMP depends on when and by whom it is called
        SELECT n FROM a UNION ALL VALUES (9)                  | it has rows of its own (VALUES)
        """)
    void whatIsNotRowByRowIsComputedAnew(String query, String reason) {
        numbers();
        db.rows("CREATE DATASET d AS " + query);
        db.rows("INSERT INTO a VALUES (7, 'seven')");
        assertThat(refreshed("REFRESH DATASET d")).endsWith(" | FULL | " + reason);
        db.rows("CREATE DATASET e AS " + query);
        if (!query.contains("uuid")
                && !query.contains("random")
                && !query.contains("CURRENT")
                && !query.contains("LIMIT")) {
            assertThat(db.rows("SELECT * FROM d EXCEPT ALL SELECT * FROM e")).isEmpty();
            assertThat(db.rows("SELECT * FROM e EXCEPT ALL SELECT * FROM d")).isEmpty();
        }
    }

    @Test
    void aFolderIsReadAgainOnlyWhereItChanged() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < 5; i++) {
            Files.writeString(data.resolve(i + ".txt"), "text " + i);
        }
        db.rows("CREATE DATASET d AS SELECT t.file.path AS path, file_text(t.file) AS body FROM list_storage('" + data
                + "/*.txt') AS t WHERE file_text(t.file) <> 'nothing'");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | 1.0.0 | 0 | UNCHANGED | ");
        Files.delete(data.resolve("0.txt"));
        Files.writeString(data.resolve("1.txt"), "another text");
        Files.writeString(data.resolve("2.txt"), "nothing");
        Files.writeString(data.resolve("9.txt"), "a new text");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | 1.0.1 | 5 | INCREMENTAL | ", "2 rows added, 3 removed");
        assertThat(db.rows("SELECT file_name(path) || ' ' || body FROM d ORDER BY 1"))
                .containsExactly("1.txt another text", "3.txt text 3", "4.txt text 4", "9.txt a new text");
        assertThat(db.rows("REPRODUCE DATASET d").get(0)).contains(" | true | ");
    }

    @Test
    void rowsOfAFileThatDoNotSayItsPathGoWithItToo() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("1.txt"), "one");
        Files.writeString(data.resolve("2.txt"), "two");
        String list = " FROM list_storage('" + data + "/*.txt') AS t";
        db.rows("CREATE DATASET d AS SELECT file_name(t.file.path) AS path" + list + " UNION ALL SELECT 'x'" + list);
        db.rows("CREATE DATASET e AS SELECT t.file.path AS path" + list + " UNION ALL SELECT 'x'" + list);
        db.rows("CREATE DATASET f AS SELECT t.file.path AS path" + list + " UNION ALL SELECT file_text(t.file)" + list);
        Files.delete(data.resolve("1.txt"));
        assertThat(refreshed("REFRESH DATASET d")).contains(" | INCREMENTAL | ", " 0 rows added, 2 removed");
        assertThat(refreshed("REFRESH DATASET e")).contains(" | INCREMENTAL | ", " 0 rows added, 2 removed");
        assertThat(refreshed("REFRESH DATASET f")).contains(" | FULL | file_text(…) reads files");
        assertThat(db.rows("SELECT path FROM d ORDER BY 1")).containsExactly("2.txt", "x");
        assertThat(db.rows("SELECT count(*) FROM e")).containsExactly("2");
        assertThat(db.rows("SELECT count(*) FROM f")).containsExactly("2");
    }

    @Test
    void aFolderWhosePathsAreNotKeptIsReadAnew() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("1.txt"), "one");
        String list = " FROM list_storage('" + data + "/*.txt') AS t";
        db.rows("CREATE DATASET d AS SELECT file_text(t.file) AS body" + list);
        db.rows("CREATE DATASET e AS SELECT t.file.size AS size" + list);
        Files.delete(data.resolve("1.txt"));
        Files.writeString(data.resolve("2.txt"), "22");
        assertThat(refreshed("REFRESH DATASET d"))
                .isEqualTo("main.public.d | 1.0.1 | 1 | FULL | file_text(…) reads files, and no column says from which"
                        + " one a row came (file.path does)");
        assertThat(refreshed("REFRESH DATASET e")).contains(" | INCREMENTAL | ");
        assertThat(db.rows("SELECT size FROM e")).containsExactly("2");
        assertThat(db.rows("SELECT body FROM d")).containsExactly("22");
    }

    @Test
    void filesOfOthersAreReadAnewIfTheyChanged() throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), "k\n1\n");
        db.rows("CREATE DATASET d AS SELECT k FROM TABLE(read_csv('" + file + "'))");
        assertThat(refreshed("REFRESH DATASET d")).contains("UNCHANGED");
        Files.writeString(file, "k\n1\n2\n");
        assertThat(refreshed("REFRESH DATASET d"))
                .contains(" | 1.0.1 | 2 | FULL | the files of read_csv('" + file + "')");
    }

    @Test
    void renamedInputsAreTheSameInputs() {
        numbers();
        db.rows("CREATE DATASET d AS SELECT n FROM a");
        db.rows("ALTER DATASET a RENAME TO b");
        db.rows("CREATE DATASET a AS SELECT 'another' AS o");
        assertThat(refreshed("REFRESH DATASET d")).contains("UNCHANGED");
        db.rows("INSERT INTO b VALUES (5, 'five')");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | 1.0.1 | 1 | INCREMENTAL | ");
        assertThat(db.rows("SELECT parent_name FROM registry.dependencies WHERE name = 'd' AND version = '1.0.1'"))
                .containsExactly("b");
        db.rows("DROP DATASET b");
        assertThat(db.failure("REFRESH DATASET d"))
                .isEqualTo("55000 Cannot refresh dataset main.public.d@1.0.1: its input main.public.b was dropped");
        assertThat(latest("d")).isEqualTo("1.0.1");
    }

    @Test
    void inputsThatWereDroppedAndMadeAnewAreComparedByTheirRows() {
        numbers();
        db.rows("CREATE DATASET d AS SELECT n FROM a");
        db.rows("DROP DATASET a");
        assertThat(db.failure("REFRESH DATASET d"))
                .startsWith("55000 Cannot refresh dataset main.public.d@1.0.0: its input");
        db.rows("CREATE DATASET a AS SELECT * FROM (VALUES (2, 'y'), (5, NULL)) AS t(n, s)");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | INCREMENTAL | ");
        assertThat(db.rows("SELECT n FROM d ORDER BY n")).containsExactly("2", "5");
        db.rows("INSERT INTO a VALUES (6, NULL)");
        db.rows("INSERT INTO a VALUES (7, NULL)");
        db.rows("DROP DATASET a VERSION '1.0.2'");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | INCREMENTAL | ", " 2 rows added, 0 removed");
        db.rows("CREATE OR REPLACE DATASET a AS SELECT CAST(n AS BIGINT) AS n, s, 1 AS more FROM a");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | FULL | its columns are others now");
        assertThat(db.rows("SELECT n FROM d ORDER BY n")).containsExactly("2", "5", "6", "7");
        db.rows("INSERT INTO a VALUES (8, NULL, 1)");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | INCREMENTAL | ", " 1 rows added, 0 removed");
    }

    @Test
    void aDatasetWhoseNameLooksLikeACallIsADataset() {
        db.rows("CREATE DATASET \"sales (2024)\" AS SELECT 1 AS n");
        db.rows("CREATE DATASET d AS SELECT n FROM \"sales (2024)\"");
        db.rows("ALTER DATASET \"sales (2024)\" RENAME TO b");
        assertThat(refreshed("REFRESH DATASET d")).contains("UNCHANGED");
        db.rows("CREATE DATASET \"sales (2024)\" AS SELECT 'another' AS o");
        db.rows("INSERT INTO b VALUES (5)");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | 1.0.1 | 1 | INCREMENTAL | main.public.b@1.0.0 is");
    }

    @Test
    void aDatasetIsNoTemporaryOneOfItsName() {
        db.rows("CREATE TEMPORARY DATASET tmp AS SELECT 1 AS n");
        db.rows("CREATE DATASET d AS SELECT n FROM tmp");
        assertThat(db.failure("REFRESH DATASET d")).contains("Cannot refresh dataset main.public.d@1.0.0: ", "tmp");
        db.rows("DROP DATASET tmp");
        db.rows("CREATE DATASET tmp AS SELECT 2 AS n");
        for (String how : List.of("", " FULL")) {
            assertThat(db.failure("REFRESH DATASET d" + how))
                    .isEqualTo(
                            "55000 Cannot refresh dataset main.public.d@1.0.0: what the name main.public.tmp meant is"
                                    + " not recorded, perhaps a temporary dataset");
        }
        assertThat(db.rows("SELECT n FROM d")).containsExactly("1");
    }

    /** What another view reads cannot be recorded yet. */
    @Test
    void aViewMayReadOtherDatasetsThanThen() {
        numbers();
        db.rows("CREATE VIEW v AS SELECT n FROM a");
        db.rows("CREATE DATASET d AS SELECT n FROM v");
        db.rows("CREATE DATASET other AS SELECT 9 AS n");
        db.rows("CREATE OR REPLACE VIEW v AS SELECT n FROM other");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | FULL | ");
        assertThat(db.rows("SELECT n FROM d")).containsExactly("9");
    }

    @Test
    void metricsOfTheStatementAreMeasuredAnewIfRowsAre() {
        numbers();
        db.rows("CREATE DATASET more AS SELECT 1 AS n");
        db.rows("CREATE DATASET d METRICS (n = COUNT(*), others = (SELECT COUNT(*) FROM main.\"public\".more)) AS"
                + " SELECT n FROM a");
        db.rows("INSERT INTO a VALUES (5, 'five')");
        assertThat(refreshed("REFRESH DATASET d")).contains("INCREMENTAL");
        assertThat(refreshed("REFRESH DATASET d FULL")).contains("FULL");
        assertThat(db.rows("SELECT version, metric, metric_value FROM registry.metrics WHERE name = 'd' ORDER BY 1, 2"))
                .containsExactly(
                        "1.0.0 | n | 3.0",
                        "1.0.0 | others | 1.0",
                        "1.0.1 | n | 4.0",
                        "1.0.1 | others | 1.0",
                        "1.0.2 | n | 4.0",
                        "1.0.2 | others | 1.0");
        assertThat(refreshed("REFRESH DATASET d")).contains("UNCHANGED");
        db.rows("DROP DATASET more");
        assertThat(db.failure("REFRESH DATASET d")).contains("its input main.public.more was dropped");
    }

    @Test
    void purgedVersionsOfInputsAreComputedAnew() {
        numbers();
        db.rows("CREATE DATASET d AS SELECT n FROM a");
        db.rows("INSERT INTO a VALUES (5, 'five')");
        db.rows("DROP DATASET a VERSION '1.0.0' PURGE");
        assertThat(refreshed("REFRESH DATASET d")).contains(" | FULL | the version of its input that it was made from");
        assertThat(db.rows("SELECT count(*) FROM d")).containsExactly("4");
    }

    @Test
    void everythingThatMakesAViewAnotherOneIsSeen() {
        numbers();
        db.rows("CREATE DATASET pairs AS SELECT n, n * 2 AS m FROM a");
        db.rows("CREATE VIEW v(x, y) AS SELECT n, m FROM pairs");
        db.rows("CREATE DATASET d AS SELECT x FROM v");
        assertThat(refreshed("REFRESH DATASET d")).contains("UNCHANGED");
        db.rows("CREATE OR REPLACE VIEW v(y, x) AS SELECT n, m FROM pairs");
        assertThat(db.failure("REPRODUCE DATASET d"))
                .contains("the view main.public.v, which it reads, is another one");
        assertThat(refreshed("REFRESH DATASET d")).endsWith("| FULL | the view main.public.v is another one now");
        assertThat(db.rows("SELECT x FROM d ORDER BY x")).containsExactly("2", "4", "4");

        db.rows("CREATE PROJECT main.p");
        db.rows("CREATE DATASET main.p.pairs AS SELECT 7 AS n, 70 AS m");
        db.rows("USE main.p");
        db.rows("CREATE OR REPLACE VIEW main.\"public\".v(y, x) AS SELECT n, m FROM pairs");
        db.rows("USE main.\"public\"");
        assertThat(db.failure("REPRODUCE DATASET d"))
                .contains("the view main.public.v, which it reads, is another one");
        assertThat(refreshed("REFRESH DATASET d")).endsWith("| FULL | the view main.public.v is another one now");
        assertThat(db.rows("SELECT x FROM d")).containsExactly("70");

        db.rows("DROP VIEW v");
        db.rows("CREATE DATASET v AS SELECT 1 AS x");
        assertThat(db.failure("REPRODUCE DATASET d"))
                .contains("the view main.public.v, which it read, is a dataset now");
        assertThat(refreshed("REFRESH DATASET d"))
                .endsWith("| FULL | main.public.v was a view then and is a dataset now");
        assertThat(refreshed("REFRESH DATASET d")).contains("UNCHANGED");
    }

    @Test
    void whatHasNoStatementOfItsOwnCannotBeRefreshed() {
        numbers();
        db.rows("INSERT INTO a VALUES (5, 'five')");
        assertThat(db.failure("REFRESH DATASET a"))
                .startsWith("55000 Cannot refresh dataset main.public.a@1.0.1: it was made by INSERT, which changed");
        db.rows("CREATE VIEW v AS SELECT n FROM a");
        assertThat(db.failure("REFRESH DATASET v")).startsWith("42809 ");
        db.rows("CREATE TEMPORARY DATASET t AS SELECT n FROM a");
        assertThat(db.failure("REFRESH DATASET t")).startsWith("42P01 ");
        assertThat(db.failure("REFRESH DATASET nowhere")).startsWith("42P01 ");
        assertThat(db.rows("SELECT count(*) FROM registry.jobs WHERE state = 'FAILED' AND statement LIKE 'REFRESH%'"))
                .containsExactly("4");
    }
}
