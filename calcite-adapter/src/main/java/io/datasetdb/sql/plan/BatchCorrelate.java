// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.CorrelateOperator;
import io.datasetdb.sql.exec.OperatorFactory;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.util.ImmutableBitSet;

/** A dependent join that could not be decorrelated: the right side runs once for every row of the left. */
final class BatchCorrelate extends Correlate implements BatchRel {
    BatchCorrelate(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode left,
            RelNode right,
            CorrelationId correlationId,
            ImmutableBitSet requiredColumns,
            JoinRelType joinType) {
        super(cluster, traits, java.util.List.of(), left, right, correlationId, requiredColumns, joinType);
    }

    @Override
    public Correlate copy(
            RelTraitSet traits,
            RelNode newLeft,
            RelNode newRight,
            CorrelationId id,
            ImmutableBitSet columns,
            JoinRelType type) {
        return new BatchCorrelate(getCluster(), traits, newLeft, newRight, id, columns, type);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        OperatorFactory leftFactory = implementor.visit(getLeft());
        int[] columns = getRequiredColumns().toArray();
        int[] slots = implementor.bindCorrelation(getCorrelationId(), columns);
        OperatorFactory rightFactory = implementor.visit(getRight());
        return new CorrelateOperator.Factory(leftFactory, rightFactory, columns, slots, BatchJoin.kind(getJoinType()));
    }
}
