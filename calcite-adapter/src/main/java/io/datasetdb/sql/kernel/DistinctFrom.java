// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** IS [NOT] DISTINCT FROM: equality by {@link ValueOrder} in which NULL equals NULL; never NULL. */
public final class DistinctFrom implements Expression {
    private final Expression left;
    private final Expression right;
    private final boolean negated;

    private DistinctFrom(Expression left, Expression right, boolean negated) {
        this.left = left;
        this.right = right;
        this.negated = negated;
    }

    /** {@code left IS DISTINCT FROM right}. */
    public static DistinctFrom of(Expression left, Expression right) {
        return new DistinctFrom(left, right, false);
    }

    /** {@code left IS NOT DISTINCT FROM right}. */
    public static DistinctFrom not(Expression left, Expression right) {
        return new DistinctFrom(left, right, true);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        Vector l = left.evaluate(batch, selection, bindings);
        Vector r = right.evaluate(batch, selection, bindings);
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            positions[count] = p;
            count += ValueOrder.notDistinct(l, p, r, p) == negated ? 1 : 0;
        }
        return Selections.hits(selection, positions, count);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return Matching.toBoolean(filter(batch, selection, bindings), batch.rowCount(), null);
    }
}
