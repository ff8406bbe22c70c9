// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes when unchanged listings were last found to be these, about a second later, so that whoever lists a folder does not
 * wait for the disk. What a crash takes with it is no more than that second.
 */
public final class ListingTimes {
    private static final long DELAY_MILLIS = 1_000;

    /** What was listed, and when. */
    private record Seen(String fingerprint, long time) {}

    private final Database database;
    private final ScheduledExecutorService scheduler;
    private final Map<String, Seen> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    public ListingTimes(Database database, ScheduledExecutorService scheduler) {
        this.database = database;
        this.scheduler = scheduler;
    }

    /** Remembers that a location was listed now. A read-only warehouse remembers nothing. */
    public void seen(String location, String fingerprint) {
        if (database.readOnly()) {
            return;
        }
        waiting.put(location, new Seen(fingerprint, Times.now()));
        if (scheduled.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::flushQuietly, DELAY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // A registry that is being closed flushes by itself.
            }
        }
    }

    /** When a folder was looked at matters less than what was found: that it cannot be written must not fail anything. */
    public void flushQuietly() {
        scheduled.set(false);
        try {
            flush();
        } catch (DatasetDbException e) {
            System.getLogger(ListingTimes.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private synchronized void flush() {
        Map<String, Seen> times = Map.copyOf(waiting);
        if (times.isEmpty()) {
            return;
        }
        database.write("say when folders were listed", sql -> {
            for (Map.Entry<String, Seen> seen : times.entrySet()) {
                ListingSql.confirm(sql, seen.getKey(), seen.getValue().fingerprint, seen.getValue().time);
            }
            return true;
        });
        times.forEach(waiting::remove);
    }
}
