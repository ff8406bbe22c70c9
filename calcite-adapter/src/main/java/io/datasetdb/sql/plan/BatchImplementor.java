// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.MeasuredFactory;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.SharedOperator;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** Walks a {@link BatchRel} tree and makes its operators; knows which slot each correlated column has. */
final class BatchImplementor {
    /** A column of an outer row. */
    private record OuterColumn(CorrelationId row, int ordinal) {}

    private final Map<OuterColumn, Integer> slots = new HashMap<>();
    private final Map<Integer, OperatorFactory> shared = new HashMap<>();
    private final ExpressionCompiler compiler;
    private final FilterTargets filterTargets = new FilterTargets();
    private final boolean measures;
    private final Map<RelNode, MeasuredFactory> measured = new IdentityHashMap<>();

    /**
     * @param measures whether the steps keep account of what they do
     */
    BatchImplementor(RexBuilder rexBuilder, boolean measures) {
        this.measures = measures;
        this.compiler = new ExpressionCompiler(rexBuilder, this::slot);
    }

    OperatorFactory implement(BatchRel root) {
        return visit(root);
    }

    /** The steps that keep account, by their nodes. */
    Map<RelNode, MeasuredFactory> measured() {
        return measured;
    }

    OperatorFactory visit(RelNode input) {
        OperatorFactory step = ((BatchRel) input).implement(this);
        if (!measures) {
            return step;
        }
        MeasuredFactory counting = new MeasuredFactory(step);
        measured.put(input, counting);
        return counting;
    }

    /** The step whose rows all who say this number read; it is made of the first one's input. */
    OperatorFactory shared(int number, RelNode input) {
        OperatorFactory known = shared.get(number);
        if (known == null) {
            known = new SharedOperator.Factory(visit(input), new Object());
            shared.put(number, known);
        }
        return known;
    }

    Expression expression(RexNode node) {
        return compiler.compile(node);
    }

    /** Which scans leave out rows that find no match in a join; asked from the top of the plan down. */
    FilterTargets filterTargets() {
        return filterTargets;
    }

    /** The slots that the columns of an outer row are put into before the inner plan runs. */
    int[] bindCorrelation(CorrelationId row, int[] ordinals) {
        int[] result = new int[ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
            result[i] = slots.computeIfAbsent(new OuterColumn(row, ordinals[i]), key -> slots.size());
        }
        return result;
    }

    /** How many slots a run must provide. */
    int slotCount() {
        return slots.size();
    }

    private int slot(CorrelationId row, int ordinal) {
        Integer slot = slots.get(new OuterColumn(row, ordinal));
        if (slot == null) {
            throw new DatasetDbException(
                    SqlError.INTERNAL, "Cannot plan the statement: an outer column is not bound (" + row + ")");
        }
        return slot;
    }

    List<List<Expression>> literalRows(List<? extends List<RexLiteral>> tuples, List<DataType> types) {
        List<List<Expression>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : tuples) {
            List<Expression> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                row.add(Literal.of(Literals.value(tuple.get(i), types.get(i)), types.get(i)));
            }
            rows.add(row);
        }
        return rows;
    }
}
