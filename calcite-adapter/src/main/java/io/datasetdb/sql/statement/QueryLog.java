// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.QueryRecord;
import io.datasetdb.sql.kernel.KernelError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells the registry's history how the executions of one statement went. What it costs a statement is a record in a list. */
final class QueryLog {
    private final StatementContext context;
    private final String statement;

    QueryLog(StatementContext context, String sql) {
        this.context = context;
        this.statement = enabled() ? StatementText.of(sql) : sql;
    }

    /** Whether anything is remembered at all. */
    boolean enabled() {
        return context.recordsQueries() && !context.registry().readOnly();
    }

    Execution start() {
        return new Execution();
    }

    /** One execution, which ends once; what is said about it later is ignored. */
    final class Execution {
        private final Instant startedAt = Instant.now();
        private final long startNanos = System.nanoTime();
        private final AtomicLong rows = new AtomicLong();
        private final AtomicBoolean ended = new AtomicBoolean();

        void add(long count) {
            rows.addAndGet(count);
        }

        void complete(List<String> inputs) {
            end(QueryRecord.State.COMPLETE, inputs, null);
        }

        void failed(Throwable failure, List<String> inputs) {
            boolean cancelled = failure instanceof DatasetDbException known && known.code() == KernelError.CANCELLED;
            end(
                    cancelled ? QueryRecord.State.CANCELLED : QueryRecord.State.FAILED,
                    inputs,
                    String.valueOf(failure.getMessage()));
        }

        private void end(QueryRecord.State state, List<String> inputs, @Nullable String error) {
            if (ended.compareAndSet(false, true) && enabled()) {
                Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
                String author = context.options().author();
                context.registry()
                        .recordQuery(new QueryRecord(
                                statement, author, startedAt, duration, rows.get(), inputs, state, error));
            }
        }
    }
}
