// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** IS [NOT] TRUE, IS [NOT] FALSE; never NULL. IS [NOT] UNKNOWN is {@link NullTest}. */
public final class TruthTest implements Expression {
    private final Expression operand;
    private final boolean truth;
    private final boolean negated;

    private TruthTest(Expression operand, boolean truth, boolean negated) {
        this.operand = operand;
        this.truth = truth;
        this.negated = negated;
    }

    /** {@code operand IS TRUE}. */
    public static TruthTest isTrue(Expression operand) {
        return new TruthTest(operand, true, false);
    }

    /** {@code operand IS FALSE}. */
    public static TruthTest isFalse(Expression operand) {
        return new TruthTest(operand, false, false);
    }

    /** {@code operand IS NOT TRUE}. */
    public static TruthTest isNotTrue(Expression operand) {
        return new TruthTest(operand, true, true);
    }

    /** {@code operand IS NOT FALSE}. */
    public static TruthTest isNotFalse(Expression operand) {
        return new TruthTest(operand, false, true);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        Selection hits = truth
                ? operand.filter(batch, selection, bindings)
                : Filters.whereFalse(operand.evaluate(batch, selection, bindings), selection);
        return negated ? Selections.minus(selection, hits) : hits;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return Matching.toBoolean(filter(batch, selection, bindings), batch.rowCount(), null);
    }
}
