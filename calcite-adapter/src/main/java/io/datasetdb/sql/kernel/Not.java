// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** Three-valued NOT. */
public final class Not implements Expression {
    private final Expression operand;

    private Not(Expression operand) {
        this.operand = operand;
    }

    public static Expression of(Expression operand) {
        if (operand instanceof Comparison comparison) {
            return comparison.negated();
        }
        return operand instanceof Not not ? not.operand : new Not(operand);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        return Filters.whereFalse(operand.evaluate(batch, selection, bindings), selection);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Vector vector = operand.evaluate(batch, selection, bindings);
        if (vector instanceof ConstantVector constant) {
            return constant.isNullConstant()
                    ? constant
                    : Matching.constant(!((BooleanVector) constant.single()).values()[0], batch.rowCount());
        }
        BooleanVector flat = (BooleanVector) vector.flatten();
        boolean[] values = flat.values();
        boolean[] result = new boolean[batch.rowCount()];
        for (int p = 0; p < result.length; p++) {
            result[p] = !values[p];
        }
        return new BooleanVector(DataType.BOOLEAN, result.length, result, flat.validity());
    }
}
