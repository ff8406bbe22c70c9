// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.Database;
import io.datasetdb.registry.internal.JobSql;
import io.datasetdb.registry.internal.Leases;
import io.datasetdb.registry.internal.Sql;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One execution, as others see it in {@code registry.jobs}. Each call is a short transaction of its own. A job ends once;
 * what is said about it later is ignored. A job whose process dies counts as failed some minutes later.
 */
public final class Job {
    private interface Change {
        void run(Sql sql) throws SQLException;
    }

    private final Database database;
    private final Leases leases;
    private final String id;

    Job(Database database, Leases leases, String id) {
        this.database = database;
        this.leases = leases;
        this.id = id;
    }

    /** What {@link Provenance#jobId()} takes, so that the deposit completes the job. */
    public String id() {
        return id;
    }

    /** Says how far it is; {@code total} is {@code null} if not known. */
    public void progress(long done, @Nullable Long total) {
        change(sql -> JobSql.progress(sql, id, done, total));
    }

    public void complete(long rows) {
        end(sql -> JobSql.complete(sql, id, rows));
    }

    /** {@code code} is the SQLSTATE. */
    public void fail(String code, @Nullable String message) {
        end(sql -> JobSql.end(sql, id, "FAILED", code, message));
    }

    public void cancel() {
        end(sql -> JobSql.end(sql, id, "CANCELLED", "57014", "it was cancelled"));
    }

    private void end(Change change) {
        leases.removeJob(id);
        change(change);
    }

    private void change(Change change) {
        database.write("update job " + id, sql -> {
            change.run(sql);
            return true;
        });
    }
}
