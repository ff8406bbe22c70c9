// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import com.google.common.collect.ImmutableSet;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.HashJoinOperator;
import io.datasetdb.sql.exec.HashSemiJoinOperator;
import io.datasetdb.sql.exec.JoinKind;
import io.datasetdb.sql.exec.NestedLoopJoinOperator;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Any join: on hash tables where the condition has equalities of columns, by nested loops else. */
final class BatchJoin extends Join implements BatchRel {
    /** Of a semi or anti join, whether the left side is kept in memory rather than the right one. */
    private final boolean keepsLeft;

    BatchJoin(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode left,
            RelNode right,
            RexNode condition,
            JoinRelType joinType,
            boolean keepsLeft) {
        super(cluster, traits, List.of(), left, right, condition, ImmutableSet.of(), joinType);
        this.keepsLeft = keepsLeft;
    }

    @Override
    public Join copy(
            RelTraitSet traits,
            RexNode newCondition,
            RelNode newLeft,
            RelNode newRight,
            JoinRelType type,
            boolean semi) {
        return new BatchJoin(getCluster(), traits, newLeft, newRight, newCondition, type, keepsLeft);
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
        keepComparable(leftFactory, rightFactory, leftKeys, rightKeys, filterNulls, rest);
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
        return keepsLeft
                ? new HashSemiJoinOperator.Factory(
                        leftFactory, rightFactory, left, right, nullSafe, getJoinType() == JoinRelType.ANTI, condition)
                : new HashJoinOperator.Factory(
                        leftFactory, rightFactory, left, right, nullSafe, kind(getJoinType()), condition);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).itemIf("keeps", "left", keepsLeft);
    }

    /** Keys must hash alike, which values of different types need not do: such a pair is compared instead. */
    private void keepComparable(
            OperatorFactory left,
            OperatorFactory right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            List<Boolean> filterNulls,
            List<RexNode> rest) {
        RexBuilder rexBuilder = getCluster().getRexBuilder();
        int offset = getLeft().getRowType().getFieldCount();
        for (int i = leftKeys.size() - 1; i >= 0; i--) {
            DataType leftType = left.types().get(leftKeys.get(i));
            DataType rightType = right.types().get(rightKeys.get(i));
            boolean alike = leftType.equals(rightType)
                    || ExpressionCompiler.isInteger(leftType) && ExpressionCompiler.isInteger(rightType);
            if (!alike) {
                RelDataType rightRelType = getRight()
                        .getRowType()
                        .getFieldList()
                        .get(rightKeys.get(i))
                        .getType();
                rest.add(rexBuilder.makeCall(
                        filterNulls.get(i) ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                        rexBuilder.makeInputRef(getLeft(), leftKeys.get(i)),
                        rexBuilder.makeInputRef(rightRelType, offset + rightKeys.get(i))));
                leftKeys.remove(i);
                rightKeys.remove(i);
                filterNulls.remove(i);
            }
        }
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
