// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.FilterOperator;
import io.datasetdb.sql.exec.OperatorFactory;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;

/** WHERE and HAVING. */
final class BatchFilter extends Filter implements BatchRel {
    BatchFilter(RelOptCluster cluster, RelTraitSet traits, RelNode input, RexNode condition) {
        super(cluster, traits, input, condition);
    }

    @Override
    public BatchFilter copy(RelTraitSet traits, RelNode input, RexNode condition) {
        return new BatchFilter(getCluster(), traits, input, condition);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        OperatorFactory input = implementor.visit(getInput());
        return new FilterOperator.Factory(input, implementor.expression(getCondition()));
    }
}
