// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/** What about aggregate and window functions Calcite gets wrong, to be asked of a tree before it is trusted. */
final class AggregateFacts {
    /** Functions that yield NULL although their derived type may say NOT NULL. */
    private static final Set<SqlKind> MAY_BE_NULL = Set.of(
            SqlKind.ARRAY_AGG,
            SqlKind.ARRAY_CONCAT_AGG,
            SqlKind.LISTAGG,
            SqlKind.STRING_AGG,
            SqlKind.GROUP_CONCAT,
            SqlKind.PERCENTILE_CONT,
            SqlKind.PERCENTILE_DISC,
            SqlKind.NTH_VALUE,
            SqlKind.LAG,
            SqlKind.LEAD);

    private AggregateFacts() {}

    /** Whether some function in the tree may yield NULL against its type. */
    static boolean mayYieldNullAgainstType(RelNode rel) {
        if (rel instanceof Aggregate aggregate
                && aggregate.getAggCallList().stream()
                        .anyMatch(call ->
                                MAY_BE_NULL.contains(call.getAggregation().getKind()))) {
            return true;
        }
        boolean[] found = new boolean[1];
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                found[0] |= MAY_BE_NULL.contains(over.getAggOperator().getKind());
                return super.visitOver(over);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                found[0] |= mayYieldNullAgainstType(subQuery.rel);
                return super.visitSubQuery(subQuery);
            }
        });
        return found[0] || rel.getInputs().stream().anyMatch(AggregateFacts::mayYieldNullAgainstType);
    }

    /** Whether a correlated part has an aggregate with an order of its own, whose columns decorrelation would mix up. */
    static boolean correlatesOrderedAggregate(RelNode rel) {
        if (rel instanceof Correlate correlate && hasOrderedAggregate(correlate.getRight())) {
            return true;
        }
        return rel.getInputs().stream().anyMatch(AggregateFacts::correlatesOrderedAggregate);
    }

    private static boolean hasOrderedAggregate(RelNode rel) {
        boolean here = rel instanceof Aggregate aggregate
                && aggregate.getAggCallList().stream()
                        .anyMatch(call ->
                                !call.getCollation().getFieldCollations().isEmpty());
        return here || rel.getInputs().stream().anyMatch(AggregateFacts::hasOrderedAggregate);
    }
}
