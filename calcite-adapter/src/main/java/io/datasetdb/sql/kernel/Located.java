// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.ErrorKind;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/**
 * An expression whose failures say where it stands in the statement. What stands inside it says so first.
 *
 * @param place {@code " (at line …, column …)"}
 */
public record Located(Expression expression, String place) implements Expression {
    private static final String SIGN = " (at line ";

    /**
     * The expression with a place.
     *
     * @param line from 1
     * @param column from 1
     * @param text in which other text than the statement's, e.g. {@code " of view v"}; empty for the statement
     */
    public static Expression at(Expression expression, int line, int column, String text) {
        return new Located(expression, SIGN + line + ", column " + column + text + ")");
    }

    @Override
    public DataType type() {
        return expression.type();
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        try {
            return expression.evaluate(batch, selection, bindings);
        } catch (DatasetDbException e) {
            throw located(e);
        }
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        try {
            return expression.filter(batch, selection, bindings);
        } catch (DatasetDbException e) {
            throw located(e);
        }
    }

    private DatasetDbException located(DatasetDbException e) {
        String message = String.valueOf(e.getMessage());
        boolean isOfValue = e.code().kind() == ErrorKind.USER
                && e.code() != KernelError.CANCELLED
                && e.code() != KernelError.TIMED_OUT
                && !message.contains(SIGN);
        return isOfValue ? new DatasetDbException(e.code(), message + place, e.getCause()) : e;
    }
}
