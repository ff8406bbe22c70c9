// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions that stand where there is no row: LIMIT, frame offsets. They may refer to parameters, not to columns. */
public final class Scalars {
    private static final Batch NO_COLUMNS = Batch.of(List.of(), 1);

    private Scalars() {}

    /** The value as the Java type that {@link io.datasetdb.vector.DataType} lists. */
    public static @Nullable Object value(Expression expression, Bindings bindings) {
        return vector(expression, bindings).getObject(0);
    }

    /** The value at position 0 of a vector. */
    public static Vector vector(Expression expression, Bindings bindings) {
        return expression.evaluate(NO_COLUMNS, NO_COLUMNS.selection(), bindings);
    }

    /**
     * A number of rows.
     *
     * @param clause where it stands, for messages
     * @param absent what no expression and NULL mean
     */
    public static long rows(@Nullable Expression expression, Bindings bindings, String clause, long absent) {
        Object value = expression == null ? null : value(expression, bindings);
        if (value == null) {
            return absent;
        }
        long rows = ((Number) value).longValue();
        if (rows < 0) {
            throw wrong(clause, "it must not be negative", value);
        }
        if (value instanceof BigDecimal || value instanceof Double) {
            double exact = ((Number) value).doubleValue();
            if (exact != Math.rint(exact)) {
                throw wrong(clause, "it must be a whole number", value);
            }
        }
        return rows;
    }

    private static DatasetDbException wrong(String clause, String reason, Object value) {
        return new DatasetDbException(
                KernelError.INVALID_ARGUMENT, "Cannot apply " + clause + ": " + reason + " (" + value + ")");
    }
}
