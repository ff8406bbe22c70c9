// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import com.google.common.collect.ImmutableSet;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.HashJoinOperator;
import io.datasetdb.sql.exec.JoinKind;
import io.datasetdb.sql.exec.NestedLoopJoinOperator;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.kernel.Expression;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Any join: on hash tables where the condition has equalities of columns, by nested loops else. */
final class BatchJoin extends Join implements BatchRel {
    BatchJoin(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode left,
            RelNode right,
            RexNode condition,
            JoinRelType joinType) {
        super(cluster, traits, List.of(), left, right, condition, ImmutableSet.of(), joinType);
    }

    @Override
    public Join copy(
            RelTraitSet traits, RexNode newCondition, RelNode newLeft, RelNode newRight, JoinRelType type, boolean semi) {
        return new BatchJoin(getCluster(), traits, newLeft, newRight, newCondition, type);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        OperatorFactory leftFactory = implementor.visit(getLeft());
        OperatorFactory rightFactory = implementor.visit(getRight());
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        List<Boolean> filterNulls = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        RelOptUtil.splitJoinCondition(getLeft(), getRight(), getCondition(), leftKeys, rightKeys, filterNulls, rest);
        RexNode residual = RexUtil.composeConjunction(getCluster().getRexBuilder(), rest);
        Expression condition = residual.isAlwaysTrue() ? null : implementor.expression(residual);
        if (leftKeys.isEmpty()) {
            return new NestedLoopJoinOperator.Factory(leftFactory, rightFactory, kind(getJoinType()), condition);
        }
        boolean[] nullSafe = new boolean[leftKeys.size()];
        for (int i = 0; i < nullSafe.length; i++) {
            nullSafe[i] = !filterNulls.get(i);
        }
        int[] left = leftKeys.stream().mapToInt(Integer::intValue).toArray();
        int[] right = rightKeys.stream().mapToInt(Integer::intValue).toArray();
        return new HashJoinOperator.Factory(
                leftFactory, rightFactory, left, right, nullSafe, kind(getJoinType()), condition);
    }

    static JoinKind kind(JoinRelType type) {
        return switch (type) {
            case INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
            case SEMI -> JoinKind.SEMI;
            case ANTI -> JoinKind.ANTI;
            case ASOF, LEFT_ASOF, LEFT_MARK ->
                throw new DatasetDbException(
                        SqlError.UNSUPPORTED, "Cannot plan the statement: this join is not supported (" + type + ")");
        };
    }
}
