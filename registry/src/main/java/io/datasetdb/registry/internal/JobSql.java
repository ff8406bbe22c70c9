// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.JobRequest;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL about jobs. */
public final class JobSql {
    private static final String INSERT = """
        INSERT INTO jobs (job_id, statement, author, client, state, rows_done, started_at, lease_until)
        VALUES (?, ?, ?, ?, 'RUNNING', 0, ?, ?)\
        """;
    private static final String PROGRESS =
            "UPDATE jobs SET rows_done = ?, rows_total = ? WHERE job_id = ? AND state = 'RUNNING'";
    private static final String COMPLETE = """
        UPDATE jobs SET state = 'COMPLETE', rows_done = ?, rows_total = ?, error_code = NULL, error_message = NULL,
            finished_at = ?
        WHERE job_id = ? AND (state = 'RUNNING' OR error_code = '57P01')\
        """;
    private static final String END = """
        UPDATE jobs SET state = ?, error_code = ?, error_message = ?, finished_at = ?
        WHERE job_id = ? AND (state = 'RUNNING' OR error_code = '57P01')\
        """;
    private static final String RENEW = "UPDATE jobs SET lease_until = ? WHERE job_id = ?";
    private static final String ANY_EXPIRED = "SELECT 1 FROM jobs WHERE state = 'RUNNING' AND lease_until < ? LIMIT 1";
    /** SQLSTATE 57P01: the process was ended by somebody. If it was only suspended it says later what became of the job. */
    private static final String FAIL_EXPIRED = """
        UPDATE jobs SET state = 'FAILED', error_code = '57P01', error_message = 'its process ended', finished_at = lease_until
        WHERE state = 'RUNNING' AND lease_until < ?\
        """;

    private JobSql() {}

    public static void insert(Sql sql, String jobId, JobRequest request, long leaseUntil) throws SQLException {
        sql.update(INSERT, jobId, request.statement(), request.author(), request.client(), Times.now(), leaseUntil);
    }

    /** Whether there are jobs for {@link #failExpired}. */
    static boolean anyExpired(Sql sql, long now) throws SQLException {
        return sql.first(ANY_EXPIRED, row -> true, now).isPresent();
    }

    /** Ends the jobs whose process has not renewed their lease. */
    static void failExpired(Sql sql, long now) throws SQLException {
        sql.update(FAIL_EXPIRED, now);
    }

    static void progress(Sql sql, String jobId, long done, @Nullable Long total) throws SQLException {
        sql.update(PROGRESS, done, total, jobId);
    }

    /** From then on all that was to be done is done: the rows that it deposited. */
    public static void complete(Sql sql, String jobId, long rows) throws SQLException {
        sql.update(COMPLETE, rows, rows, Times.now(), jobId);
    }

    /** {@code state} is FAILED or CANCELLED. */
    public static void end(Sql sql, String jobId, String state, @Nullable String code, @Nullable String message)
            throws SQLException {
        sql.update(END, state, code, message, Times.now(), jobId);
    }

    static void renew(Sql sql, List<String> jobIds, long leaseUntil) throws SQLException {
        sql.batch(RENEW, jobIds, (jobId, ordinal) -> new Object[] {leaseUntil, jobId});
    }
}
