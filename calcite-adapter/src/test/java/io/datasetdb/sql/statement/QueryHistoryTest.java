// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.EngineConfig;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryHistoryTest {
    private static final String HISTORY = "SELECT statement, author, row_count, inputs, state, error_message"
            + " FROM registry.queries WHERE statement NOT LIKE '%registry.queries%'"
            + " AND statement NOT LIKE 'CREATE DATASET a %' ORDER BY started_at, query_id";

    @TempDir
    Path warehouse;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
        db.rows("CREATE DATASET a AS SELECT * FROM (VALUES (1), (2), (3)) AS t(n)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aQueryIsThereAsSoonAsItIsOver() {
        db.rows("  SELECT n -- ü\n FROM a, TABLE(list_storage('" + warehouse + "/*.none')) ;\n");
        db.rows("SELECT n FROM a");
        assertThat(db.rows(HISTORY))
                .containsExactly(
                        "SELECT n -- ü\n FROM a, TABLE(list_storage('" + warehouse + "/*.none')) | tester | 0 |"
                                + " [main.public.a@1.0.0, file://" + warehouse + "/*.none] | COMPLETE | null",
                        "SELECT n FROM a | tester | 3 | [main.public.a@1.0.0] | COMPLETE | null");
        assertThat(db.rows("SELECT count(*) FROM registry.queries WHERE duration_ms >= 0 AND started_at <="
                        + " LOCALTIMESTAMP"))
                .containsExactly("4");
    }

    @Test
    void changesAreThereWithWhatTheyRead() {
        db.rows("INSERT INTO a SELECT n + 3 FROM a WHERE n > 1");
        db.rows("DELETE FROM a WHERE n = 1");
        assertThat(db.rows(HISTORY))
                .containsExactly(
                        "INSERT INTO a SELECT n + 3 FROM a WHERE n > 1 | tester | 2 | [main.public.a@1.0.0] | COMPLETE"
                                + " | null",
                        "DELETE FROM a WHERE n = 1 | tester | 1 | [main.public.a@1.0.1] | COMPLETE | null");
    }

    @Test
    void whatFailsIsThereWithItsReason() {
        db.failure("SELECT n FROM nowhere");
        db.failure("SELECT 1 / (n - 1) AS x FROM a");
        db.failure("SELECT n FROM a WHERE n = ?");
        assertThat(db.rows(HISTORY))
                .containsExactly(
                        "SELECT n FROM nowhere | tester | 0 | [] | FAILED |"
                                + " Cannot find dataset nowhere: there is none of this name (at line 1, column 15)",
                        "SELECT 1 / (n - 1) AS x FROM a | tester | 0 | [main.public.a@1.0.0] | FAILED |"
                                + " Cannot compute 1 / 0: division by zero (at line 1, column 8)",
                        "SELECT n FROM a WHERE n = ? | tester | 0 | [] | FAILED |"
                                + " Cannot run the statement: it has 1 parameters and got 0 values");
    }

    @Test
    void whatWasCancelledOrLeftEarlyIsThere() {
        try (StatementResult cancelled = db.session().execute("SELECT n FROM a")) {
            cancelled.cancel();
            assertThatThrownBy(cancelled::next).isInstanceOf(DatasetDbException.class);
        }
        db.session().execute("SELECT n + 1 AS m FROM a").close();
        assertThat(db.rows(HISTORY))
                .containsExactly(
                        "SELECT n FROM a | tester | 0 | [main.public.a@1.0.0] | CANCELLED |"
                                + " Cannot finish the statement: it was cancelled",
                        "SELECT n + 1 AS m FROM a | tester | 0 | [main.public.a@1.0.0] | COMPLETE | null");
    }

    @Test
    void everyExecutionCountsOnItsOwn() {
        PreparedStatement prepared = db.session().prepare("SELECT n FROM a WHERE n <= ?");
        Db.rows(prepared.execute(List.of(1), 0));
        Db.rows(prepared.execute(List.of(2), 0));
        assertThat(db.rows("SELECT row_count FROM registry.queries WHERE statement LIKE '%?' ORDER BY 1"))
                .containsExactly("1", "2");
    }

    @Test
    void everyKindOfStatementIsThere() {
        db.rows("SHOW DATASETS");
        db.rows("DESCRIBE a");
        db.rows("EXPLAIN SELECT n FROM a");
        db.rows("CREATE NAMESPACE x");
        db.rows("COMMENT ON DATASET a IS 'c'");
        db.rows("USE main.public");
        db.rows("CREATE OR REPLACE DATASET b AS SELECT n FROM a WHERE n > 1");
        assertThat(db.rows("SELECT statement, row_count, inputs, state FROM registry.queries"
                        + " ORDER BY started_at, query_id"))
                .containsExactly(
                        "CREATE DATASET a AS SELECT * FROM (VALUES (1), (2), (3)) AS t(n) | 3 | [] | COMPLETE",
                        "SHOW DATASETS | 1 | [] | COMPLETE",
                        "DESCRIBE a | 1 | [] | COMPLETE",
                        "EXPLAIN SELECT n FROM a | 2 | [] | COMPLETE",
                        "CREATE NAMESPACE x | 0 | [] | COMPLETE",
                        "COMMENT ON DATASET a IS 'c' | 0 | [] | COMPLETE",
                        "USE main.public | 0 | [] | COMPLETE",
                        "CREATE OR REPLACE DATASET b AS SELECT n FROM a WHERE n > 1 | 2 | [main.public.a@1.0.0] |"
                                + " COMPLETE");
    }

    @Test
    void whateverReadsADatasetSaysSo() {
        List<String> statements = List.of(
                "CREATE TEMPORARY DATASET t AS SELECT n FROM a",
                "CREATE DATASET from_temporary AS SELECT n FROM t",
                "CREATE DATASET c AS SELECT n FROM a",
                "REFRESH DATASET c",
                "REFRESH DATASET c FULL",
                "REPRODUCE DATASET c",
                "EXPLAIN ANALYZE SELECT n FROM a",
                "CALL registry.set_metric('c', 'm', (SELECT count(*) FROM a))");
        statements.forEach(db::rows);
        assertThat(db.rows("SELECT statement, inputs FROM registry.queries WHERE statement NOT LIKE '%VALUES%'"
                        + " ORDER BY started_at, query_id"))
                .containsExactlyElementsOf(statements.stream()
                        .map(statement -> statement + " | [main.public.a@1.0.0]")
                        .toList());
    }

    @Test
    void whatIsNoStatementIsThereAsItWasSent() {
        db.failure("  SELEC n FROM a;");
        db.failure("SELECT 'open");
        db.failure("DROP DATASET nowhere");
        assertThat(db.rows("SELECT statement, state FROM registry.queries WHERE state = 'FAILED' AND error_message LIKE"
                        + " 'Cannot %' ORDER BY started_at, query_id"))
                .containsExactly("SELEC n FROM a | FAILED", "SELECT 'open | FAILED", "DROP DATASET nowhere | FAILED");
    }

    @Test
    void theHistoryOutlivesTheEngine() {
        db.rows("SELECT n FROM a");
        db.close();
        db = Db.open(warehouse);
        assertThat(db.rows(HISTORY)).hasSize(1);
    }

    @Test
    void anEngineMayBeToldNotToRecord() {
        db.close();
        db = Db.open(new EngineConfig(warehouse.toString(), false));
        db.rows("SELECT n FROM a");
        db.failure("SELECT n FROM nowhere");
        assertThat(db.rows(HISTORY)).isEmpty();
    }

    @Test
    void twoEnginesOnOneWarehouseShareTheHistoryAndLoseNothing() {
        int each = 300;
        try (Db other = Db.open(warehouse)) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (Db one : List.of(db, other)) {
                running.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < each; i++) {
                        one.rows("SELECT n FROM a");
                    }
                }));
                running.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                        one.rows("CREATE OR REPLACE DATASET w AS SELECT n FROM a");
                        one.rows("SELECT count(*) FROM registry.queries");
                    }
                }));
            }
            running.forEach(CompletableFuture::join);
        }
        assertThat(db.rows("SELECT count(*) FROM registry.queries WHERE statement = 'SELECT n FROM a'"
                        + " AND state = 'COMPLETE' AND row_count = 3"))
                .containsExactly(Integer.toString(2 * each));
        assertThat(db.rows("SELECT count(*) FROM registry.versions WHERE name = 'w'"))
                .containsExactly("40");
    }

    @Test
    void theAuthorIsTheSessions() {
        try (Session session = db.engine().openSession(SessionOptions.of("ada"))) {
            Db.rows(session, "SELECT n FROM a");
        }
        assertThat(db.rows("SELECT author FROM registry.queries WHERE statement = 'SELECT n FROM a'"))
                .containsExactly("ada");
    }
}
