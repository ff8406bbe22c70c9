// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;

/** What about aggregate and window functions Calcite gets wrong, to be asked of a tree before it is trusted. */
final class AggregateFacts {
    private AggregateFacts() {}

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
