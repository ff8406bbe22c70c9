// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.ProjectOperator;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** The select list. */
final class BatchProject extends Project implements BatchRel {
    BatchProject(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            List<? extends RexNode> projects,
            RelDataType type) {
        super(cluster, traits, ImmutableList.of(), input, projects, type, ImmutableSet.of());
    }

    /** The input itself if its columns are the wanted ones already. */
    static BatchRel of(BatchRel input, List<? extends RexNode> projects, RelDataType type) {
        boolean same = RexUtil.isIdentity(projects, input.getRowType())
                && RelOptUtil.areRowTypesEqual(input.getRowType(), type, false);
        return same ? input : new BatchProject(input.getCluster(), BatchRules.traits(input), input, projects, type);
    }

    @Override
    public BatchProject copy(RelTraitSet traits, RelNode input, List<RexNode> projects, RelDataType rowType) {
        return new BatchProject(getCluster(), traits, input, projects, rowType);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        OperatorFactory input = implementor.visit(getInput());
        if (!RuleStages.uses(this, Optimization.COMMON_EXPRESSIONS)) {
            return new ProjectOperator.Factory(
                    input, getProjects().stream().map(implementor::expression).toList());
        }
        CommonExpressions parts =
                new CommonExpressions(getProjects(), getInput().getRowType().getFieldCount());
        return new ProjectOperator.Factory(
                input,
                parts.common().stream().map(implementor::expression).toList(),
                parts.rewritten().stream().map(implementor::expression).toList());
    }
}
