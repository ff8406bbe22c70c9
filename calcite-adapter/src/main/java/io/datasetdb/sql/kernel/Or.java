// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** Three-valued OR. An operand is computed only where no operand before it is TRUE. */
public final class Or implements Expression {
    private final List<Expression> operands;

    private Or(List<Expression> operands) {
        this.operands = List.copyOf(operands);
    }

    /** The disjunction; FALSE if there are no operands. */
    public static Expression of(List<Expression> operands) {
        return operands.isEmpty() ? Literal.of(false) : operands.size() == 1 ? operands.get(0) : new Or(operands);
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
            rest = Selections.minus(rest, operand.filter(batch, rest, bindings));
        }
        return Selections.minus(selection, rest);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return And.evaluate(operands, true, batch, selection, bindings);
    }
}
