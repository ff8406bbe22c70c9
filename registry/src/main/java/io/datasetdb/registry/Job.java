// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.Database;
import io.datasetdb.registry.internal.JobProgress;
import io.datasetdb.registry.internal.JobSql;
import io.datasetdb.registry.internal.Leases;
import io.datasetdb.registry.internal.Sql;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution, as others see it in {@code registry.jobs}. Each call is a short transaction of its own. A job ends once;
 * what is said about it later is ignored. A job whose process dies counts as failed some minutes later.
 */
public final class Job {
    /**
     * How far a job is.
     *
     * @param done rows that it is through with: of its inputs, or of its result if it has no inputs that can be counted
     * @param total how many these will be; {@code null} if not known
     */
    public record Progress(long done, @Nullable Long total) {}

    /** While this is open others see how far a job is. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    private interface Change {
        void run(Sql sql) throws SQLException;
    }

    private final Database database;
    private final Leases leases;
    private final JobProgress progress;
    private final String id;

    Job(Database database, Leases leases, JobProgress progress, String id) {
        this.database = database;
        this.leases = leases;
        this.progress = progress;
        this.id = id;
    }

    /** What {@link Provenance#jobId()} takes, so that the deposit completes the job. */
    public String id() {
        return id;
    }

    /**
     * Lets others see how far it is, until the answer is closed.
     *
     * @param progresses may be asked by any thread, about once a second
     */
    public Following follow(Supplier<Progress> progresses) {
        progress.follow(id, progresses);
        return () -> progress.leave(id);
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
