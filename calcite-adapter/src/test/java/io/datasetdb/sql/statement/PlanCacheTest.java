// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kept plan never answers for names that mean something else by now. Every statement here runs before and after a change. */
class PlanCacheTest {
    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET x AS SELECT 1 AS a");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private void expectBefore(String sql, String... rows) {
        assertThat(db.rows(sql)).as("first run of %s", sql).containsExactly(rows);
        assertThat(db.rows(sql)).as("second run of %s", sql).containsExactly(rows);
    }

    @Test
    void aNewVersionIsSeen() {
        expectBefore("SELECT * FROM x", "1");
        expectBefore("SELECT * FROM \"x@1\"", "1");
        expectBefore("SELECT * FROM x FOR VERSION AS OF '1.0.0'", "1");
        expectBefore("SELECT * FROM x FOR SYSTEM_TIME AS OF TIMESTAMP '2300-01-01 00:00:00'", "1");
        db.rows("CREATE OR REPLACE DATASET x AS SELECT 2 AS a, 'new' AS b");
        expectBefore("SELECT * FROM x", "2 | new");
        expectBefore("SELECT * FROM \"x@1\"", "2 | new");
        expectBefore("SELECT * FROM x FOR VERSION AS OF '1.0.0'", "1");
        expectBefore("SELECT * FROM x FOR SYSTEM_TIME AS OF TIMESTAMP '2300-01-01 00:00:00'", "2 | new");
    }

    @Test
    void aTimeInThePastStaysWhatItWas() {
        String time = LocalDateTime.now(java.time.ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS"));
        String sql = "SELECT * FROM x FOR SYSTEM_TIME AS OF TIMESTAMP '" + time + "'";
        expectBefore(sql, "1");
        db.rows("CREATE OR REPLACE DATASET x AS SELECT 2 AS a");
        expectBefore(sql, "1");
        db.rows("DROP DATASET x VERSION '1.0.0'");
        assertThat(db.failure(sql)).contains("it was dropped");
    }

    @Test
    void aDroppedDatasetIsGoneAndOneMadeAnewIsAnother() {
        expectBefore("SELECT * FROM x", "1");
        db.rows("DROP DATASET x");
        assertThat(db.failure("SELECT * FROM x")).startsWith("42P01");
        db.rows("CREATE DATASET x AS SELECT 'other' AS z");
        expectBefore("SELECT * FROM x", "other");
    }

    @Test
    void aDroppedVersionUncoversTheOneBefore() {
        db.rows("CREATE OR REPLACE DATASET x AS SELECT 2 AS a");
        expectBefore("SELECT * FROM x", "2");
        db.rows("DROP DATASET x VERSION '1.0.1'");
        expectBefore("SELECT * FROM x", "1");
    }

    @Test
    void aRenamedDatasetIsFoundUnderItsNewNameOnly() {
        db.rows("CREATE DATASET y AS SELECT 5 AS a");
        expectBefore("SELECT * FROM x", "1");
        expectBefore("SELECT * FROM y", "5");
        db.rows("ALTER DATASET x RENAME TO z");
        assertThat(db.failure("SELECT * FROM x")).startsWith("42P01");
        db.rows("ALTER DATASET y RENAME TO x");
        expectBefore("SELECT * FROM x", "5");
        expectBefore("SELECT * FROM z", "1");
        assertThat(db.failure("SELECT * FROM y")).startsWith("42P01");
    }

    @Test
    void theSameTextMeansOtherDatasetsInOtherProjects() {
        db.rows("CREATE PROJECT side");
        db.rows("CREATE NAMESPACE lab");
        db.rows("CREATE PROJECT lab.side");
        db.rows("CREATE DATASET side.x AS SELECT 20 AS a");
        db.rows("CREATE DATASET lab.side.x AS SELECT 30 AS a");
        expectBefore("SELECT * FROM x", "1");
        expectBefore("SELECT * FROM side.x", "20");
        db.rows("USE side");
        expectBefore("SELECT * FROM x", "20");
        db.rows("USE lab.side");
        expectBefore("SELECT * FROM x", "30");
        expectBefore("SELECT * FROM side.x", "30");
        SessionOptions options = SessionOptions.of("other").withProject("MAIN", "SIDE");
        try (Session other = db.engine().openSession(options)) {
            assertThat(Db.rows(other, "SELECT * FROM x")).containsExactly("20");
        }
        db.rows("USE main.public");
        expectBefore("SELECT * FROM x", "1");
    }

    @Test
    void aNameOfThreePartsIsNeverReadAsTwo() {
        db.rows("CREATE NAMESPACE a");
        db.rows("CREATE PROJECT a.b");
        db.rows("CREATE DATASET a.b.c AS SELECT 'three' AS v");
        expectBefore("SELECT v FROM a.b.c", "three");
        db.rows("CREATE PROJECT main.a");
        db.rows("CREATE DATASET main.a.b AS SELECT 'two' AS v, 1 AS c");
        expectBefore("SELECT v FROM a.b.c", "three");
        expectBefore("SELECT v FROM a.b", "two");
        db.rows("CREATE PROJECT main.main");
        db.rows("CREATE DATASET main.main.public AS SELECT 'odd' AS v");
        expectBefore("SELECT a FROM main.public.x", "1");
        expectBefore("SELECT v FROM main.public", "odd");
    }

    @Test
    void whatDependsOnTimeOrChanceIsComputedAnew() {
        String now = "SELECT CURRENT_TIMESTAMP AS t, LOCALTIMESTAMP AS l, CURRENT_TIMESTAMP = CURRENT_TIMESTAMP AS same"
                + ", CAST(CURRENT_TIMESTAMP AS VARCHAR) AS s FROM x";
        List<String> first = db.rows(now);
        assertThat(db.rows(now)).isNotEqualTo(first).allMatch(row -> row.contains(" | true | "));
        String chance = "SELECT RAND() AS r, UUID() AS u FROM x".replace(", UUID() AS u", "");
        List<String> drawn = db.rows(chance);
        assertThat(db.rows(chance)).isNotEqualTo(drawn);
        assertThat(db.rows("SELECT CURRENT_DATE - INTERVAL '1' DAY < CURRENT_DATE FROM x"))
                .containsExactly("true");
        assertThat(db.rows("SELECT count(*) FROM registry.versions WHERE created_at > LOCALTIMESTAMP"))
                .containsExactly("0");
    }

    @Test
    void theUserIsTheOneWhoAsks() {
        String sql = "SELECT CURRENT_USER AS u, USER AS v FROM x";
        expectBefore(sql, "tester | tester");
        try (Session ada = db.engine().openSession(SessionOptions.of("ada"))) {
            assertThat(Db.rows(ada, sql)).containsExactly("ada | ada");
        }
        expectBefore(sql, "tester | tester");
    }

    @Test
    void filesOutsideAreReadAnew() throws IOException {
        Path file = folder.resolve("f.csv");
        Files.writeString(file, "k\n1\n");
        String read = "SELECT * FROM TABLE(read_csv('" + file + "'))";
        String listing = "SELECT count(*) FROM TABLE(list_storage('" + folder + "/*.csv'))";
        expectBefore(read, "1");
        expectBefore(listing, "1");
        Files.writeString(file, "k,w\n7,new\n");
        Files.writeString(folder.resolve("g.csv"), "k\n1\n");
        expectBefore(read, "7 | new");
        expectBefore(listing, "2");
        PreparedStatement prepared = db.session().prepare(listing);
        Files.delete(file);
        assertThat(Db.rows(prepared.execute(List.of(), 0))).containsExactly("1");
    }

    @Test
    void whatTheRegistryHoldsIsReadAnew() {
        String sql = "SELECT name, version FROM registry.versions WHERE namespace = 'main' ORDER BY 1, 2";
        expectBefore(sql, "x | 1.0.0");
        db.rows("CREATE OR REPLACE DATASET x AS SELECT 2 AS a");
        expectBefore(sql, "x | 1.0.0", "x | 1.0.1");
    }

    @Test
    void aPreparedStatementReadsWhatIsLatestWhenItRuns() {
        PreparedStatement prepared = db.session().prepare("SELECT a + ? AS s FROM x");
        assertThat(Db.rows(prepared.execute(List.of(10), 0))).containsExactly("11");
        db.rows("CREATE OR REPLACE DATASET x AS SELECT CAST(5 AS BIGINT) AS a, 'more' AS b");
        assertThat(Db.rows(prepared.execute(List.of(10), 0))).containsExactly("15");
        db.rows("USE main.public");
        db.rows("DROP DATASET x");
        assertThat(db.failure("SELECT a FROM x")).startsWith("42P01");
    }

    @Test
    void aDepositOfTheSameTextReadsWhatIsLatest() {
        db.rows("CREATE DATASET n AS SELECT 0 AS v");
        String sql = "CREATE OR REPLACE DATASET n AS SELECT v + 1 AS v FROM n";
        for (int i = 0; i < 5; i++) {
            db.rows(sql);
        }
        expectBefore("SELECT v FROM n", "5");
        assertThat(db.rows("SELECT version, parent_version FROM registry.dependencies WHERE name = 'n' ORDER BY 1"))
                .containsExactly("1.0.1 | 1.0.0", "1.0.2 | 1.0.1", "1.0.3 | 1.0.2", "1.0.4 | 1.0.3", "1.0.5 | 1.0.4");
    }

    @Test
    void argumentsAreNotPartOfAPlan() {
        String sql = "SELECT ? AS p, a FROM x WHERE a = ? OR a IN (SELECT a FROM x WHERE a > ?)";
        PreparedStatement one = db.session().prepare(sql.replace("SELECT ? AS p", "SELECT CAST(? AS VARCHAR) AS p"));
        assertThat(Db.rows(one.execute(List.of("k", 1, 5), 0))).containsExactly("k | 1");
        assertThat(Db.rows(one.execute(List.of("l", 2, 0), 0))).containsExactly("l | 1");
        assertThat(Db.rows(one.execute(List.of("l", 2, 1), 0))).isEmpty();
    }

    @Test
    void oneKeptPlanServesSeveralThreadsAtOnce() {
        db.rows("CREATE DATASET big AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3000)"
                + " SELECT n, n / 7 AS g FROM t");
        String sql =
                "SELECT g, sum(n) AS s, max(r) AS m FROM (SELECT n, g, row_number() OVER (PARTITION BY g ORDER BY n) AS r"
                        + " FROM big WHERE n IN (SELECT n FROM big WHERE n > 10)) GROUP BY g ORDER BY g";
        List<String> expected = db.rows(sql);
        assertThat(expected).hasSizeGreaterThan(400);
        List<CompletableFuture<List<String>>> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            runs.add(CompletableFuture.supplyAsync(() -> db.rows(sql)));
        }
        runs.forEach(run -> assertThat(run.join()).isEqualTo(expected));
    }

    @Test
    void moreTextsThanThePlansThatAreKept() {
        for (int i = 0; i < 600; i++) {
            assertThat(db.rows("SELECT a + " + i % 300 + " AS s FROM x"))
                    .containsExactly(Integer.toString(1 + i % 300));
        }
    }
}
