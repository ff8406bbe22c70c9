// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.sql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/** A client's statement: what it prepared, if so, and its current result. */
final class OpenStatement implements AutoCloseable {
    private final int id;
    private final @Nullable PreparedStatement prepared;
    private @Nullable ResultStream stream;
    private boolean closed;

    OpenStatement(int id, @Nullable PreparedStatement prepared) {
        this.id = id;
        this.prepared = prepared;
    }

    int id() {
        return id;
    }

    @Nullable
    PreparedStatement prepared() {
        return prepared;
    }

    /** Replaces the result, ending the one before. */
    void start(ResultStream next) {
        ResultStream before;
        boolean tooLate;
        synchronized (this) {
            before = stream;
            tooLate = closed;
            stream = tooLate ? null : next;
        }
        if (before != null) {
            before.close();
        }
        if (tooLate) {
            next.close();
        }
    }

    synchronized @Nullable ResultStream stream() {
        return stream;
    }

    void cancel() {
        ResultStream running = stream();
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        cancel();
    }
}
