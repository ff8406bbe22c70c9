// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.QueryRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes the history of queries behind the queries' back: several at once, about a second later, so that a query never
 * waits for the disk. What a crash takes with it is no more than that second.
 */
public final class QueryHistory {
    private static final int KEEP = 10_000;
    private static final Duration KEEP_TIME = Duration.ofDays(30);
    private static final int MAX_WAITING = 1_000;
    private static final int MAX_STATEMENT = 65_536;
    private static final long DELAY_MILLIS = 1_000;

    private final Database database;
    private final ScheduledExecutorService scheduler;
    private final TimeOrderedUuid uuids;
    /** Whoever reads the history waits here for what is just being written. */
    private final Object flushing = new Object();

    private final List<String> waitingIds = new ArrayList<>();
    private final List<QueryRecord> waiting = new ArrayList<>();

    public QueryHistory(Database database, ScheduledExecutorService scheduler, TimeOrderedUuid uuids) {
        this.database = database;
        this.scheduler = scheduler;
        this.uuids = uuids;
    }

    /** Remembers a query. A read-only warehouse has no history. */
    public void add(QueryRecord query) {
        if (database.readOnly()) {
            return;
        }
        synchronized (this) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.remove(0);
                waitingIds.remove(0);
            }
            waiting.add(bounded(query));
            waitingIds.add(uuids.next().toString());
            if (waiting.size() == 1) {
                flushLater();
            }
        }
    }

    private void flushLater() {
        try {
            scheduler.schedule(this::flushQuietly, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // A registry that is being closed flushes by itself.
        }
    }

    private static QueryRecord bounded(QueryRecord query) {
        if (query.statement().length() <= MAX_STATEMENT) {
            return query;
        }
        return new QueryRecord(
                query.statement().substring(0, MAX_STATEMENT),
                query.author(),
                query.startedAt(),
                query.duration(),
                query.rowCount(),
                query.inputs(),
                query.state(),
                query.errorMessage());
    }

    /** The history is a convenience: that it cannot be written must not fail anything. */
    public void flushQuietly() {
        try {
            synchronized (flushing) {
                flush();
            }
        } catch (DatasetDbException e) {
            System.getLogger(QueryHistory.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private void flush() {
        List<String> ids;
        List<QueryRecord> queries;
        synchronized (this) {
            ids = List.copyOf(waitingIds);
            queries = List.copyOf(waiting);
            waitingIds.clear();
            waiting.clear();
        }
        if (!queries.isEmpty()) {
            database.write("record queries", sql -> {
                QuerySql.insert(sql, ids, queries);
                QuerySql.trim(sql, KEEP, KEEP_TIME);
                return true;
            });
        }
    }
}
