// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a session. Its executions are remembered in {@code registry.queries}, also those that fail. That of a query
 * is over when its last row was pulled, when it failed, or when its result was closed, whichever comes first; that of any
 * other statement when it has answered. Until then, or until the query holds them itself, the files of the session's temporary
 * datasets stay.
 */
public final class RecordedStatement implements PreparedStatement {
    private final SessionState session;
    private final PreparedStatement statement;
    private final QueryLog log;

    private RecordedStatement(SessionState session, PreparedStatement statement, QueryLog log) {
        this.session = session;
        this.statement = statement;
        this.log = log;
    }

    /** The statement that {@code prepare} yields; its failure is remembered too. */
    public static PreparedStatement of(StatementContext context, String sql, Supplier<PreparedStatement> prepare) {
        QueryLog log = new QueryLog(context, sql);
        QueryLog.Execution planning = log.start();
        // Planning may look into files.
        Object pin = context.session().pin();
        try {
            return new RecordedStatement(context.session(), prepare.get(), log);
        } catch (RuntimeException | Error e) {
            planning.failed(e, List.of());
            throw e;
        } finally {
            context.session().unpin(pin);
        }
    }

    @Override
    public String sql() {
        return statement.sql();
    }

    @Override
    public boolean isQuery() {
        return statement.isQuery();
    }

    @Override
    public boolean changesWarehouse() {
        return statement.changesWarehouse();
    }

    @Override
    public Schema schema() {
        return statement.schema();
    }

    @Override
    public Optional<Schema> otherSchema(List<@Nullable Object> arguments) {
        return statement.otherSchema(arguments);
    }

    @Override
    public List<String> inputs() {
        return statement.inputs();
    }

    @Override
    public List<UUID> inputVersions() {
        return statement.inputVersions();
    }

    @Override
    public List<Field> parameters() {
        return statement.parameters();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        QueryLog.Execution execution = log.start();
        Object pin = session.pin();
        try {
            StatementResult result = statement.execute(arguments, timeoutNanos, cancellation);
            if (!isQuery()) {
                execution.add(Math.max(0, result.updateCount()));
                execution.complete(inputs());
                return result;
            }
            return new Result(result, execution, inputs());
        } catch (RuntimeException | Error e) {
            execution.failed(e, List.of());
            throw e;
        } finally {
            session.unpin(pin);
        }
    }

    private record Result(StatementResult result, QueryLog.Execution execution, List<String> inputs)
            implements StatementResult {
        @Override
        public Schema schema() {
            return result.schema();
        }

        @Override
        public long updateCount() {
            return result.updateCount();
        }

        @Override
        public void cancel() {
            result.cancel();
        }

        @Override
        public @Nullable Batch next() {
            try {
                Batch batch = result.next();
                if (batch == null) {
                    execution.complete(inputs);
                } else {
                    execution.add(batch.size());
                }
                return batch;
            } catch (RuntimeException | Error e) {
                execution.failed(e, inputs);
                throw e;
            }
        }

        @Override
        public void close() {
            execution.complete(inputs);
            result.close();
        }
    }
}
