// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement.
 *
 * @param prepared what is run
 * @param arguments values of its parameters
 * @param cancellation how it is ended from outside
 */
record Execution(OpenStatement.Prepared prepared, List<@Nullable Object> arguments, Cancellation cancellation) {

    /** Runs it; fails if the result is not what the client was told when it prepared the statement. */
    StatementResult run(long timeoutNanos) {
        StatementResult result = prepared.statement().execute(arguments, timeoutNanos, cancellation);
        if (!isSame(result.schema(), prepared.schema())) {
            result.close();
            throw new DatasetDbException(
                    ServerError.RESULT_CHANGED,
                    "Cannot run the statement: a dataset that it reads has other columns by now; prepare it again");
        }
        return result;
    }

    /** The client reads by names and types; which columns may be NULL is no difference to it. */
    private static boolean isSame(Schema now, Schema told) {
        if (now.size() != told.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            Field is = now.field(i);
            Field was = told.field(i);
            boolean same = is.name().equals(was.name())
                    && (is.type().equals(was.type())
                            || is.type().sql().equals(was.type().sql()));
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
