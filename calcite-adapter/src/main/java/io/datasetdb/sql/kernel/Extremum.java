// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** GREATEST and LEAST by {@link ValueOrder}, over operands of one type. */
public final class Extremum implements Expression {
    private final List<Expression> operands;
    private final DataType type;
    private final int sign;
    private final boolean ignoresNulls;

    private Extremum(List<Expression> operands, DataType type, int sign, boolean ignoresNulls) {
        for (Expression operand : operands) {
            Case.requireType(operand, type);
        }
        this.operands = List.copyOf(operands);
        this.type = type;
        this.sign = sign;
        this.ignoresNulls = ignoresNulls;
    }

    /** @param ignoresNulls whether NULL operands are left out (PostgreSQL, DuckDB) rather than making the result NULL (SQL) */
    public static Extremum greatest(List<Expression> operands, DataType type, boolean ignoresNulls) {
        return new Extremum(operands, type, 1, ignoresNulls);
    }

    /** As {@link #greatest} for the least. */
    public static Extremum least(List<Expression> operands, DataType type, boolean ignoresNulls) {
        return new Extremum(operands, type, -1, ignoresNulls);
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        List<Vector> values = new ArrayList<>();
        for (Expression operand : operands) {
            values.add(operand.evaluate(batch, selection, bindings));
        }
        int count = selection.size();
        int[][] positions = new int[values.size()][count];
        int[] counts = new int[values.size()];
        for (int k = 0; k < count; k++) {
            int p = selection.position(k);
            int best = best(values, p);
            if (best >= 0) {
                positions[best][counts[best]++] = p;
            }
        }
        Branches branches = new Branches(type, batch.rowCount());
        for (int i = 0; i < counts.length; i++) {
            branches.add(values.get(i), Selection.of(Arrays.copyOf(positions[i], counts[i]), counts[i]));
        }
        return branches.merge(selection);
    }

    /** The operand that wins at a position, -1 if the result is NULL. */
    private int best(List<Vector> values, int p) {
        int best = -1;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isNull(p)) {
                if (!ignoresNulls) {
                    return -1;
                }
            } else if (best < 0 || sign * ValueOrder.compare(values.get(i), p, values.get(best), p) > 0) {
                best = i;
            }
        }
        return best;
    }
}
