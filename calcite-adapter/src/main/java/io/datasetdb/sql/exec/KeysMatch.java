// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/**
 * What a null-aware join of several keys, or with a residual condition, asks of a pair of rows: whether the keys are
 * equal
 * in three-valued logic, FALSE where the residual condition is not TRUE.
 *
 * @param leftKeys columns of the left side
 * @param rightKeys columns of the right side
 * @param leftWidth how many columns stand before those of the right side
 */
record KeysMatch(
        int[] leftKeys,
        int[] rightKeys,
        int leftWidth,
        boolean[] nullSafe,
        @Nullable Expression residual) implements Expression {
    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        boolean[] values = new boolean[batch.rowCount()];
        long[] validity = Validity.allValid(batch.rowCount());
        Selection candidates = residual == null ? selection : residual.filter(batch, selection, bindings);
        for (int i = 0; i < candidates.size(); i++) {
            int position = candidates.position(i);
            boolean unknown = false;
            boolean equal = true;
            for (int key = 0; key < leftKeys.length && equal; key++) {
                Vector left = batch.column(leftKeys[key]);
                Vector right = batch.column(leftWidth + rightKeys[key]);
                if (nullSafe[key]) {
                    equal = ValueOrder.notDistinct(left, position, right, position);
                } else if (left.isNull(position) || right.isNull(position)) {
                    unknown = true;
                } else {
                    equal = ValueOrder.equal(left, position, right, position);
                }
            }
            values[position] = equal && !unknown;
            if (equal && unknown) {
                Validity.setNull(validity, position);
            }
        }
        return new BooleanVector(DataType.BOOLEAN, batch.rowCount(), values, validity);
    }
}
