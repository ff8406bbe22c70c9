// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;

/** NULLIF(value, other): NULL where the two are equal, else the value, which is computed once. */
public final class NullIf implements Expression {
    private final Expression value;
    private final Expression other;

    private NullIf(Expression value, Expression other) {
        this.value = value;
        this.other = other;
    }

    public static NullIf of(Expression value, Expression other) {
        return new NullIf(value, other);
    }

    @Override
    public DataType type() {
        return value.type();
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Vector left = value.evaluate(batch, selection, bindings);
        Vector right = other.evaluate(batch, selection, bindings);
        long[] validity = Validity.allValid(batch.rowCount());
        boolean found = false;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            if (!left.isNull(p) && !right.isNull(p) && ValueOrder.equal(left, p, right, p)) {
                Validity.setNull(validity, p);
                found = true;
            }
        }
        return found ? Vectors.restrict(left, validity) : left;
    }
}
