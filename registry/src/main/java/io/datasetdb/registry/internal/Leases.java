// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the drafts and jobs of this process alive: renews their leases until they end. A process that dies stops renewing,
 * and then others may clean up after it.
 */
public final class Leases {
    /** How long a draft or job outlives its process. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    private static final long RENEW_SECONDS = LEASE.toSeconds() / 5;

    private final Database database;
    private final ScheduledExecutorService scheduler;
    private final Set<String> drafts = ConcurrentHashMap.newKeySet();
    private final Set<String> jobs = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    public Leases(Database database, ScheduledExecutorService scheduler) {
        this.database = database;
        this.scheduler = scheduler;
    }

    /** When a lease that begins now runs out. */
    public static long end() {
        return Times.now() + TimeUnit.MILLISECONDS.toMicros(LEASE.toMillis());
    }

    public void addDraft(String uuid) {
        drafts.add(uuid);
        schedule();
    }

    public void removeDraft(String uuid) {
        drafts.remove(uuid);
    }

    public void addJob(String jobId) {
        jobs.add(jobId);
        schedule();
    }

    public void removeJob(String jobId) {
        jobs.remove(jobId);
    }

    /** Ends the jobs whose process has not renewed their leases; this one, which may have been suspended, renews its own first. */
    public void endDeadJobs(Sql sql) throws SQLException {
        long now = Times.now();
        if (JobSql.anyExpired(sql, now)) {
            JobSql.renew(sql, List.copyOf(jobs), end());
            JobSql.failExpired(sql, now);
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            scheduler.scheduleWithFixedDelay(this::renewQuietly, RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** A renewal that fails is made up for by the next; several fit into a lease. */
    private void renewQuietly() {
        try {
            renew();
        } catch (DatasetDbException e) {
            System.getLogger(Leases.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    void renew() {
        List<String> draftIds = List.copyOf(drafts);
        List<String> jobIds = List.copyOf(jobs);
        if (draftIds.isEmpty() && jobIds.isEmpty()) {
            return;
        }
        long until = end();
        database.write("renew leases", sql -> {
            DraftSql.renew(sql, draftIds, until);
            JobSql.renew(sql, jobIds, until);
            return true;
        });
    }
}
