// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes the registry, or only its session, in one step and then says so.
 *
 * @param sql the statement as given
 * @param running of the session, which must be open
 * @param changesWarehouse whether it changes the registry
 * @param action changes something and answers what it did
 */
public record Command(String sql, RunningQueries running, boolean changesWarehouse, Supplier<String> action)
        implements PreparedStatement {
    /** A statement that changes nothing but its session. */
    public static Command ofSession(String sql, RunningQueries running, Supplier<String> action) {
        return new Command(sql, running, false, action);
    }

    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public Schema schema() {
        return RowResult.SAYS;
    }

    @Override
    public List<Field> parameters() {
        return List.of();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        running.checkOpen();
        cancellation.check();
        return RowResult.says(action.get());
    }
}
