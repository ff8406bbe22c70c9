// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * Three-valued AND. An operand is computed only where all before it are TRUE or (unless filtering) NULL, so that
 * {@code x <> 0 AND 1 / x > 2} cannot fail.
 */
public final class And implements Expression {
    private final List<Expression> operands;

    private And(List<Expression> operands) {
        this.operands = List.copyOf(operands);
    }

    /** The conjunction; TRUE if there are no operands. */
    public static Expression of(List<Expression> operands) {
        return operands.isEmpty() ? Literal.of(true) : operands.size() == 1 ? operands.get(0) : new And(operands);
    }

    public List<Expression> operands() {
        return operands;
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        Selection rest = selection;
        for (Expression operand : operands) {
            if (rest.isEmpty()) {
                break;
            }
            rest = operand.filter(batch, rest, bindings);
        }
        return rest;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return evaluate(operands, false, batch, selection, bindings);
    }

    /**
     * AND and OR in one: the first operand that is {@code decisive} (FALSE for AND, TRUE for OR) decides; else the result is
     * NULL if some operand is, else the opposite of {@code decisive}.
     */
    static Vector evaluate(
            List<Expression> operands, boolean decisive, Batch batch, Selection selection, Bindings bindings) {
        int rowCount = batch.rowCount();
        boolean[] values = new boolean[rowCount];
        long[] validity = null;
        Selection rest = selection;
        for (Expression operand : operands) {
            if (rest.isEmpty()) {
                break;
            }
            Vector vector = operand.evaluate(batch, rest, bindings);
            Selection nulls = Selections.invalid(rest, vector.validity());
            if (!nulls.isEmpty() && validity == null) {
                validity = Validity.allValid(rowCount);
            }
            for (int k = 0; k < nulls.size(); k++) {
                Validity.setNull(java.util.Objects.requireNonNull(validity), nulls.position(k));
            }
            Selection decided = decisive ? Filters.whereTrue(vector, rest) : Filters.whereFalse(vector, rest);
            for (int k = 0; k < decided.size(); k++) {
                int p = decided.position(k);
                values[p] = decisive;
                if (validity != null) {
                    Validity.setValid(validity, p);
                }
            }
            rest = Selections.minus(rest, decided);
        }
        for (int k = 0; k < rest.size(); k++) {
            values[rest.position(k)] = !decisive;
        }
        return new BooleanVector(DataType.BOOLEAN, rowCount, values, validity);
    }
}
