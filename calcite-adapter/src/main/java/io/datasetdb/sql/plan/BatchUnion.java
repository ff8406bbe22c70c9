// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.UnionOperator;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Union;

/** UNION ALL; a distinct union is an aggregate over it. */
final class BatchUnion extends Union implements BatchRel {
    BatchUnion(RelOptCluster cluster, RelTraitSet traits, List<RelNode> inputs) {
        super(cluster, traits, inputs, true);
    }

    @Override
    public BatchUnion copy(RelTraitSet traits, List<RelNode> inputs, boolean all) {
        return new BatchUnion(getCluster(), traits, inputs);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        return new UnionOperator.Factory(
                getInputs().stream().map(implementor::visit).toList());
    }
}
