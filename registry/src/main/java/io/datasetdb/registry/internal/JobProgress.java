// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.Job;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes how far the jobs of this process are, behind their backs: about once a second, and at once if somebody reads the
 * jobs through the same registry. What a job does never waits for that, and may take its time between two rows.
 */
public final class JobProgress {
    private static final long REPORT_SECONDS = 1;

    private final Database database;
    private final ScheduledExecutorService scheduler;
    private final Leases leases;
    private final Map<String, Supplier<Job.Progress>> followed = new ConcurrentHashMap<>();
    private final Map<String, Job.Progress> written = new HashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    public JobProgress(Database database, ScheduledExecutorService scheduler, Leases leases) {
        this.database = database;
        this.scheduler = scheduler;
        this.leases = leases;
    }

    /** Begins to write how far a job is. {@code progress} may be asked by any thread. */
    public void follow(String jobId, Supplier<Job.Progress> progress) {
        followed.put(jobId, progress);
        if (scheduled.compareAndSet(false, true)) {
            scheduler.scheduleWithFixedDelay(this::reportQuietly, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
        }
    }

    public void leave(String jobId) {
        followed.remove(jobId);
    }

    /** Also says of the jobs whose process died that they failed. */
    public void bringUpToDate() {
        reportQuietly();
        try {
            long now = Times.now();
            if (!database.readOnly() && database.query("find dead jobs", sql -> JobSql.anyExpired(sql, now))) {
                database.write("end dead jobs", sql -> {
                    leases.endDeadJobs(sql);
                    return true;
                });
            }
        } catch (DatasetDbException e) {
            warn(e);
        }
    }

    /** How far a job is matters less than the job: that it cannot be written must not fail anything. */
    private void reportQuietly() {
        try {
            report();
        } catch (DatasetDbException e) {
            warn(e);
        }
    }

    private synchronized void report() {
        Map<String, Job.Progress> news = new HashMap<>();
        followed.forEach((jobId, progress) -> {
            Job.Progress now = ask(jobId, progress);
            if (now != null && !now.equals(written.get(jobId))) {
                news.put(jobId, now);
            }
        });
        written.keySet().retainAll(followed.keySet());
        if (news.isEmpty()) {
            return;
        }
        database.write("report progress", sql -> {
            for (Map.Entry<String, Job.Progress> job : news.entrySet()) {
                JobSql.progress(
                        sql, job.getKey(), job.getValue().done(), job.getValue().total());
            }
            return true;
        });
        written.putAll(news);
    }

    /** A job that cannot say how far it is is not asked again, and the others are. */
    private Job.@Nullable Progress ask(String jobId, Supplier<Job.Progress> progress) {
        try {
            return progress.get();
        } catch (RuntimeException e) {
            followed.remove(jobId);
            warn(e);
            return null;
        }
    }

    private static void warn(RuntimeException e) {
        System.getLogger(JobProgress.class.getName()).log(System.Logger.Level.WARNING, e.toString());
    }
}
