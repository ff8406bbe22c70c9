// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.ConditionFilter;
import io.datasetdb.sql.exec.ScanFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The conjuncts of a filter as a scan applies them: one after the other, each to the columns that it looks at. */
final class ScanConditions {
    private ScanConditions() {}

    /**
     * The conjuncts in the order in which a scan asks them: those that cannot fail first, cheap ones before dear ones; then
     * the others as they were, so that they still see only rows that what stands before them let pass.
     */
    static List<RexNode> of(RexNode condition) {
        List<RexNode> certain = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            (cannotFail(conjunct) ? certain : others).add(conjunct);
        }
        certain.sort(Comparator.comparingInt(ScanConditions::cost));
        certain.addAll(others);
        return certain;
    }

    /** The scan's filter for a conjunct over its columns. */
    static ScanFilter filter(RexNode conjunct, BatchImplementor implementor) {
        List<Integer> columns = new ArrayList<>();
        RexNode narrowed = conjunct.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                if (!columns.contains(reference.getIndex())) {
                    columns.add(reference.getIndex());
                }
                return new RexInputRef(columns.indexOf(reference.getIndex()), reference.getType());
            }
        });
        return new ConditionFilter(columns, implementor.expression(narrowed), RexUtil.isDeterministic(conjunct));
    }

    /** Tests of columns against each other and against constants; whatever else might fail is taken to do so. */
    private static boolean cannotFail(RexNode node) {
        if (node instanceof RexInputRef || node instanceof RexLiteral) {
            return true;
        }
        if (!(node instanceof RexCall call)) {
            return false;
        }
        boolean harmless = call.getKind() == SqlKind.LIKE
                || call.getKind() == SqlKind.SEARCH
                || call.getKind() == SqlKind.AND
                || call.getKind() == SqlKind.OR
                || call.getKind() == SqlKind.NOT
                || SqlKind.COMPARISON.contains(call.getKind())
                || call.getKind() == SqlKind.IS_NULL
                || call.getKind() == SqlKind.IS_NOT_NULL;
        return harmless && call.getOperands().stream().allMatch(ScanConditions::cannotFail);
    }

    /** Columns, of which strings weigh more; a pattern more than an equality. */
    private static int cost(RexNode node) {
        if (node instanceof RexInputRef) {
            return SqlTypeUtil.inCharFamily(node.getType())
                    ? 4
                    : node.getType().getSqlTypeName() == SqlTypeName.ARRAY ? 8 : 2;
        }
        if (!(node instanceof RexCall call)) {
            return 0;
        }
        int cost = call.getKind() == SqlKind.LIKE ? 4 : call.getKind() == SqlKind.EQUALS ? 0 : 1;
        for (RexNode operand : call.getOperands()) {
            cost += cost(operand);
        }
        return cost;
    }
}
