// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.SetOperator;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.sql.SqlKind;

/** INTERSECT and EXCEPT, distinct or ALL. */
final class BatchSetOperation extends SetOp implements BatchRel {
    BatchSetOperation(RelOptCluster cluster, RelTraitSet traits, List<RelNode> inputs, SqlKind kind, boolean all) {
        super(cluster, traits, inputs, kind, all);
    }

    @Override
    public SetOp copy(RelTraitSet traits, List<RelNode> inputs, boolean newAll) {
        return new BatchSetOperation(getCluster(), traits, inputs, kind, newAll);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        SetOperator.Kind operation = kind == SqlKind.INTERSECT ? SetOperator.Kind.INTERSECT : SetOperator.Kind.EXCEPT;
        return new SetOperator.Factory(
                getInputs().stream().map(implementor::visit).toList(), operation, all);
    }
}
