// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class CancellationTest {
    private static final String ENDLESS =
            "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT 3 - n FROM t) SELECT n FROM t";

    @TempDir
    Path warehouse;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aDepositIsCancelledWhileExecuteHasNotReturned() throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<?> deposit = CompletableFuture.runAsync(() -> db.session()
                .prepare("CREATE DATASET endless AS " + ENDLESS)
                .execute(List.of(), 0, cancellation)
                .close());
        waitForJob(deposit);
        cancellation.cancel();
        assertThatThrownBy(() -> deposit.get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertThat(db.rows("SELECT state, error_code, finished_at IS NOT NULL FROM registry.jobs"))
                .containsExactly("CANCELLED | 57014 | true");
        assertThat(db.rows("SELECT name FROM registry.versions")).isEmpty();
        assertThat(dataFiles()).isEmpty();
        assertThat(db.rows("CREATE DATASET endless AS SELECT 1 AS a")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO d " + ENDLESS,
                "UPDATE d SET n = (SELECT max(n) FROM (" + ENDLESS + "))",
                "UPDATE d SET n = s.n FROM (" + ENDLESS + ") AS s WHERE s.n + d.n < 0",
                "DELETE FROM d WHERE n IN (SELECT -n FROM (" + ENDLESS + "))",
                "DELETE FROM d USING (" + ENDLESS + ") AS s WHERE s.n + d.n < 0",
                "MERGE INTO d USING (" + ENDLESS + ") AS s ON d.n + s.n < 0 WHEN NOT MATCHED THEN INSERT VALUES (s.n)",
                "CREATE OR REPLACE DATASET d METRICS (m = (SELECT max(n) FROM (" + ENDLESS + "))) AS SELECT 1 AS n"
            })
    void aCancelledChangeLeavesTheDatasetAsItWas(String sql) throws Exception {
        db.rows("CREATE DATASET d AS SELECT i AS n FROM generate_series(1, 5) AS t(i)");
        List<Path> before = dataFiles();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<?> change = CompletableFuture.runAsync(() ->
                db.session().prepare(sql).execute(List.of(), 0, cancellation).close());
        waitForJob(change);
        cancellation.cancel();
        assertThatThrownBy(() -> change.get(120, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertThat(db.rows("SELECT count(*) FROM registry.jobs WHERE state = 'CANCELLED'"))
                .containsExactly("1");
        assertThat(db.rows("SELECT version FROM registry.versions")).containsExactly("1.0.0");
        assertThat(dataFiles()).isEqualTo(before);
        db.rows("UPDATE d SET n = n + 1");
        assertThat(db.rows("SELECT sum(n) FROM d")).containsExactly("20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS a",
                "CREATE DATASET d AS SELECT 1 AS a",
                "CREATE NAMESPACE n",
                "EXPLAIN SELECT 1",
                "EXPLAIN ANALYZE SELECT 1",
                "DESCRIBE SELECT 1",
                "SHOW DATASETS",
                "USE main.public"
            })
    void whatWasCancelledBeforehandDoesNotStart(String sql) {
        Cancellation cancellation = new Cancellation();
        PreparedStatement prepared = db.session().prepare(sql);
        cancellation.cancel();
        assertThatThrownBy(() -> prepared.execute(List.of(), 0, cancellation))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertThat(db.rows("SHOW NAMESPACES")).doesNotContain("n");
        assertThat(db.rows("SHOW DATASETS")).isEmpty();
        assertThat(prepared.execute(List.of(), 0).updateCount()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDLESS,
                "SELECT count(*) FROM (" + ENDLESS + ")",
                "SELECT n FROM (" + ENDLESS + ") ORDER BY n",
                "SELECT n FROM (" + ENDLESS + ") WHERE n < 0",
                "SELECT DISTINCT n FROM (" + ENDLESS + ") UNION SELECT 5",
                "SELECT sum(n) OVER () FROM (" + ENDLESS + ")",
                "SELECT a.n FROM (" + ENDLESS + ") a JOIN (VALUES (9)) AS b(n) ON a.n = b.n",
                "SELECT b.n FROM (VALUES (9)) AS b(n) JOIN (" + ENDLESS + ") a ON a.n > b.n",
            })
    void aQueryIsCancelledWhileItsRowsArePulled(String sql) {
        Cancellation cancellation = new Cancellation();
        try (StatementResult result = db.session().prepare(sql).execute(List.of(), 0, cancellation)) {
            CompletableFuture.runAsync(cancellation::cancel);
            assertThatThrownBy(() -> drain(result))
                    .isInstanceOfSatisfying(
                            DatasetDbException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("57014"));
        }
    }

    @Test
    void aResultThatIsCancelledEndsItsExecution() {
        try (StatementResult result = db.session().execute(ENDLESS)) {
            result.cancel();
            assertThatThrownBy(() -> drain(result))
                    .isInstanceOfSatisfying(
                            DatasetDbException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("57014"));
        }
    }

    @Test
    void closingTheSessionEndsItsDeposit() throws Exception {
        Session other = db.engine().openSession(SessionOptions.of("other"));
        CompletableFuture<?> deposit = CompletableFuture.runAsync(
                () -> other.execute("CREATE DATASET endless AS " + ENDLESS).close());
        waitForJob(deposit);
        other.close();
        assertThatThrownBy(() -> deposit.get(120, TimeUnit.SECONDS))
                .hasMessageMatching(".*(cancelled|session is closed).*");
        assertThat(db.rows("SELECT name FROM registry.versions")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_000_000})
    void aDepositThatTakesTooLongFails(long nanos) {
        assertThatThrownBy(() -> db.session()
                        .prepare("CREATE DATASET endless AS " + ENDLESS)
                        .execute(List.of(), nanos))
                .isInstanceOfSatisfying(
                        DatasetDbException.class,
                        e -> assertThat(e.getMessage()).contains("time-out"));
        assertThat(db.rows("SELECT state FROM registry.jobs")).hasSize(1);
        assertThat(db.rows("SELECT name FROM registry.versions")).isEmpty();
    }

    private static void drain(StatementResult result) {
        while (result.next() != null) {
            Thread.onSpinWait();
        }
    }

    private void waitForJob(CompletableFuture<?> running) {
        while (db.rows("SELECT 1 FROM registry.jobs WHERE state = 'RUNNING'").isEmpty()) {
            assertThat(running).as("it goes on until it is ended").isNotDone();
        }
    }

    private List<Path> dataFiles() throws IOException {
        Path data = warehouse.resolve("data");
        if (!Files.exists(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
