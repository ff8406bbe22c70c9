// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import java.util.HashSet;
import java.util.Set;

/** What runs in one session, so that closing the session ends it. */
public final class RunningQueries {
    private final VersionReaders readers;
    private final Set<RunningQuery> running = new HashSet<>();
    private boolean closed;

    /** @param readers of the engine */
    public RunningQueries(VersionReaders readers) {
        this.readers = readers;
    }

    /** Who reads which versions, in all sessions. */
    VersionReaders readers() {
        return readers;
    }

    synchronized void add(RunningQuery query) {
        checkOpen();
        running.add(query);
    }

    synchronized void remove(RunningQuery query) {
        running.remove(query);
    }

    /** Fails if the session is closed. */
    public synchronized void checkOpen() {
        if (closed) {
            throw new DatasetDbException(SqlError.SESSION_CLOSED, "Cannot run the statement: the session is closed");
        }
    }

    /** Asks everything that runs to end and lets nothing start any more. */
    public synchronized void close() {
        closed = true;
        running.forEach(RunningQuery::cancel);
    }
}
