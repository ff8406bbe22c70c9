// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Unties correlated parts into plain joins where Calcite's decorrelation is known to give the right rows. Elsewhere the
 * part runs once for each outer row, which is slower but needs no rewriting.
 */
final class Decorrelation {
    private Decorrelation() {}

    static RelNode apply(RelOptCluster cluster, RelNode rel) {
        if (AggregateFacts.correlatesOrderedAggregate(rel) || !isTrusted(rel)) {
            return rel;
        }
        try {
            return RelDecorrelator.decorrelateQuery(rel, RuleStages.builder(cluster));
        } catch (AssertionError e) {
            // Calcite's own check of what it made.
            return rel;
        }
    }

    private static boolean isTrusted(RelNode rel) {
        boolean here = !(rel instanceof Correlate correlate) || isTrusted(correlate);
        return here && rel.getInputs().stream().allMatch(Decorrelation::isTrusted);
    }

    /** A grouping by nothing has a row even if no row comes in; only as the whole of a value does that survive. */
    private static boolean isTrusted(Correlate correlate) {
        RelNode value = correlate.getRight();
        if (correlate.getJoinType() == JoinRelType.LEFT) {
            while (value instanceof Project project) {
                value = project.getInput();
            }
            if (value instanceof Aggregate aggregate && aggregate.getGroupSets().size() == 1) {
                value = aggregate.getInput();
            } else {
                value = correlate.getRight();
            }
        }
        return refersSimply(value, correlate.getCorrelationId());
    }

    /** Not below a grouping by nothing, not from a part inside another, not on both sides of a join. */
    private static boolean refersSimply(RelNode rel, CorrelationId row) {
        if (!refers(rel, row)) {
            return true;
        }
        if (rel instanceof Aggregate aggregate
                && aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty)) {
            return false;
        }
        if (rel instanceof Correlate inner && refers(inner.getRight(), row)) {
            return false;
        }
        if (rel instanceof Join join && refers(join.getLeft(), row) && refers(join.getRight(), row)) {
            return false;
        }
        return rel.getInputs().stream().allMatch(input -> refersSimply(input, row));
    }

    private static boolean refers(RelNode rel, CorrelationId row) {
        return RelOptUtil.getVariablesUsed(rel).contains(row);
    }
}
