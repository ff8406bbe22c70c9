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
 * A statement that changes the registry in one step and then says so.
 *
 * @param sql the statement as given
 * @param running of the session, which must be open
 * @param action changes the registry and answers what it did
 */
public record Command(String sql, RunningQueries running, Supplier<String> action) implements PreparedStatement {
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
