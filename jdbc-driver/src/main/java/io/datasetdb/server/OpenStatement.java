// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's statement: what it prepared, if so, and its current execution. */
final class OpenStatement implements AutoCloseable {
    private final int id;
    private final @Nullable Prepared prepared;

    // Guarded by this.
    private Cancellation cancellation = new Cancellation();
    private @Nullable ResultStream stream;
    private boolean closed;

    /**
     * A statement that the client prepared.
     *
     * @param schema the columns that the client was told of: what it reads by
     */
    record Prepared(PreparedStatement statement, Schema schema) {
        static Prepared of(PreparedStatement statement) {
            return new Prepared(statement, statement.schema());
        }

        /** The same, with the columns that the client is told of when it runs it with these values. */
        Prepared with(List<@Nullable Object> arguments) {
            return statement
                    .otherSchema(arguments)
                    .map(other -> new Prepared(statement, other))
                    .orElse(this);
        }
    }

    OpenStatement(int id, @Nullable Prepared prepared) {
        this.id = id;
        this.prepared = prepared;
    }

    int id() {
        return id;
    }

    @Nullable
    Prepared prepared() {
        return prepared;
    }

    /** Begins an execution, ending the one before; what is cancelled from now on is this one, also while it is planned. */
    Cancellation begin() {
        Cancellation next = new Cancellation();
        ResultStream before;
        synchronized (this) {
            before = stream;
            stream = null;
            cancellation = next;
            if (closed) {
                next.cancel();
            }
        }
        if (before != null) {
            before.close();
        }
        return next;
    }

    /** Makes this the result. */
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
        ResultStream running;
        synchronized (this) {
            cancellation.cancel();
            running = stream;
        }
        if (running != null) {
            running.cancel();
        }
    }

    /** Ends what runs because nobody has asked for its rows for this long. */
    void expire(Duration unread) {
        ResultStream running = stream();
        if (running != null) {
            running.expire(unread);
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
