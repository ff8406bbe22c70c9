// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import java.util.HashSet;
import java.util.Set;

/** What runs in one session, so that closing the session ends it. */
public final class RunningQueries {
    private final VersionReaders readers;
    private final RunningDeposits deposits;
    private final Set<RunningQuery> running = new HashSet<>();
    private boolean closed;

    /**
     * What runs in a new session.
     *
     * @param readers of the engine
     * @param deposits of the engine
     */
    public RunningQueries(VersionReaders readers, RunningDeposits deposits) {
        this.readers = readers;
        this.deposits = deposits;
    }

    /** Who reads which versions, in all sessions. */
    VersionReaders readers() {
        return readers;
    }

    /** Begins a deposit, which ends with {@link RunningDeposits#end}. */
    synchronized RunningDeposits beginDeposit() {
        checkOpen();
        deposits.begin();
        return deposits;
    }

    synchronized void add(RunningQuery query) {
        // Whoever closes a session cancels first: what had begun by then was cancelled, and not refused.
        query.checkNotCancelled();
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
