// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    @Test
    void theVersionNamesItsJob() {
        db.rows("CREATE DATASET d AS SELECT 1 AS x");
        assertThat(db.rows("SELECT j.rows_done, j.client FROM registry.jobs j JOIN registry.versions v ON"
                        + " v.job_id = j.job_id"))
                .containsExactly("1 | java");
    }
}
