// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** The first operand that is not NULL; an operand is computed only where all before it are NULL. */
public final class Coalesce implements Expression {
    private final List<Expression> operands;
    private final DataType type;

    private Coalesce(List<Expression> operands, DataType type) {
        this.operands = List.copyOf(operands);
        this.type = type;
    }

    public static Coalesce of(List<Expression> operands, DataType type) {
        for (Expression operand : operands) {
            Case.requireType(operand, type);
        }
        return new Coalesce(operands, type);
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Branches branches = new Branches(type, batch.rowCount());
        Selection rest = selection;
        for (Expression operand : operands) {
            if (rest.isEmpty()) {
                break;
            }
            if (operand.type().kind() != DataType.Kind.NULL) {
                Vector vector = operand.evaluate(batch, rest, bindings);
                Selection taken = Selections.valid(rest, vector.validity());
                branches.add(vector, taken);
                rest = Selections.minus(rest, taken);
            }
        }
        return branches.merge(selection);
    }
}
