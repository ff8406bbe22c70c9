// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsTest {
    private static final String JOBS =
            "SELECT statement, state, error_code, finished_at IS NOT NULL FROM registry.jobs ORDER BY started_at,"
                    + " job_id";

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CREATE DATASET d AS SELECT * FROM nowhere               | 42P01
        CREATE DATASET d AS SELECT nothing FROM (VALUES (1)) AS t(n)   | 42703
        CREATE DATASET d AS SELECT 1 AND TRUE AS x              | 42804
        CREATE DATASET d AS SELECT 1 AS x, 2 AS x               | 42701
        CREATE DATASET d AS SELECT NULL AS x                    | 42611
        CREATE DATASET d AS SELECT 1 / (n - 1) AS x FROM (VALUES (1)) AS t(n) | 22012
        CREATE DATASET "d@1" AS SELECT 1 AS x                   | 42602
        CREATE DATASET other.d AS SELECT 1 AS x                 | 3F000
        CREATE DATASET d AS SELECT ? + 1 AS x                   | 07001
        CREATE DATASET d VERSION 'one' AS SELECT 1 AS x         | 22023
        """)
    void everyAttemptToDepositLeavesAJob(String sql, String code) {
        assertThat(db.failure(sql)).startsWith(code + " Cannot ");
        assertThat(db.rows(JOBS)).containsExactly(sql + " | FAILED | " + code + " | true");
        assertThat(db.rows("SELECT error_message FROM registry.jobs"))
                .allMatch(message -> message.startsWith("Cannot "));
        assertThat(db.rows("SELECT name FROM registry.versions")).isEmpty();
        assertThat(db.rows("SELECT statement, state FROM registry.queries WHERE statement LIKE 'CREATE%'"))
                .containsExactly(sql + " | FAILED");
    }

    @Test
    void whatIsNotThereToBeDoneLeavesNoJob() {
        db.rows("CREATE DATASET d AS SELECT 1 AS x");
        db.rows("CREATE DATASET IF NOT EXISTS d AS SELECT 2 AS x");
        db.failure("CREATE DATASET d AS SELEC 1");
        assertThat(db.rows(JOBS)).containsExactly("CREATE DATASET d AS SELECT 1 AS x | COMPLETE | null | true");
    }

    /** The pairs of so many rows take minutes; nobody waits for them. */
    @Test
    @Timeout(60)
    void anotherSessionSeesADepositMoveUntilItIsCancelled() {
        db.rows("CREATE DATASET a AS SELECT n FROM TABLE(generate_series(1, 100000)) AS t(n)");
        Cancellation cancellation = new Cancellation();
        CompletableFuture<String> deposit = CompletableFuture.supplyAsync(() -> {
            try (Session session = db.engine().openSession(SessionOptions.of("ada"))) {
                session.prepare("CREATE DATASET d AS SELECT sum(sqrt(x.n + y.n)) AS s FROM a AS x, a AS y")
                        .execute(List.of(), 0, cancellation);
                return "it was not cancelled";
            } catch (DatasetDbException e) {
                return e.sqlState();
            }
        });
        Set<String> seen = new HashSet<>();
        while (seen.size() < 3 && !deposit.isDone()) {
            seen.addAll(db.rows("SELECT rows_done FROM registry.jobs WHERE state = 'RUNNING' AND author = 'ada'"
                    + " AND rows_total = 200000 AND rows_done < rows_total"));
        }
        cancellation.cancel();
        assertThat(deposit.join()).isEqualTo("57014");
        assertThat(seen).hasSize(3);
        assertThat(db.rows("SELECT state, error_code, rows_total FROM registry.jobs WHERE author = 'ada'"))
                .containsExactly("CANCELLED | 57014 | 200000");
    }

    @Test
    void theVersionNamesItsJob() {
        db.rows("CREATE DATASET d AS SELECT 1 AS x");
        assertThat(db.rows("SELECT j.rows_done, j.client FROM registry.jobs j JOIN registry.versions v ON"
                        + " v.job_id = j.job_id"))
                .containsExactly("1 | java");
    }
}
