// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.LimitOperator;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.SortOperator;
import io.datasetdb.sql.exec.TopNOperator;
import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Expression;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** ORDER BY, OFFSET and LIMIT in any combination. */
final class BatchSort extends Sort implements BatchRel {
    BatchSort(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            RelCollation collation,
            @Nullable RexNode offset,
            @Nullable RexNode fetch) {
        super(cluster, traits, input, collation, offset, fetch);
    }

    @Override
    public Sort copy(
            RelTraitSet traits,
            RelNode input,
            RelCollation newCollation,
            @Nullable RexNode newOffset,
            @Nullable RexNode newFetch) {
        return new BatchSort(getCluster(), traits, input, newCollation, newOffset, newFetch);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        List<SortKey> keys = SortKeys.of(getCollation());
        boolean top = !keys.isEmpty() && fetch != null && RuleStages.uses(this, Optimization.TOP_N);
        FilterSlot slot = top && RuleStages.uses(this, Optimization.TOP_N_FILTERS)
                ? implementor.filterTargets().streamSlot(getInput(), keys.get(0).ordinal())
                : null;
        OperatorFactory input = implementor.visit(getInput());
        Expression skip = offset == null ? null : implementor.expression(offset);
        Expression limit = fetch == null ? null : implementor.expression(fetch);
        if (keys.isEmpty()) {
            return new LimitOperator.Factory(input, skip, limit);
        }
        if (top) {
            return new TopNOperator.Factory(input, keys, skip, limit, slot);
        }
        OperatorFactory sorted = new SortOperator.Factory(input, keys);
        return skip == null && limit == null ? sorted : new LimitOperator.Factory(sorted, skip, limit);
    }
}
