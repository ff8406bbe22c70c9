// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** IS [NOT] NULL (for BOOLEANs also IS [NOT] UNKNOWN); never NULL. A ROW of NULLs is not NULL. */
public final class NullTest implements Expression {
    private final Expression operand;
    private final boolean negated;

    private NullTest(Expression operand, boolean negated) {
        this.operand = operand;
        this.negated = negated;
    }

    /** {@code operand IS NULL}. */
    public static NullTest isNull(Expression operand) {
        return new NullTest(operand, false);
    }

    /** {@code operand IS NOT NULL}. */
    public static NullTest isNotNull(Expression operand) {
        return new NullTest(operand, true);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        Vector vector = operand.evaluate(batch, selection, bindings);
        return negated
                ? Selections.valid(selection, vector.validity())
                : Selections.invalid(selection, vector.validity());
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Vector vector = operand.evaluate(batch, selection, bindings);
        if (!vector.mayHaveNulls()) {
            return Matching.constant(negated, batch.rowCount());
        }
        if (vector instanceof ConstantVector) {
            return Matching.constant(!negated, batch.rowCount());
        }
        Selection hits = negated
                ? Selections.valid(selection, vector.validity())
                : Selections.invalid(selection, vector.validity());
        return Matching.toBoolean(hits, batch.rowCount(), null);
    }
}
