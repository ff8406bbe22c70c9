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
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Any join: on hash tables where the condition has equalities of columns, by nested loops else. */
final class BatchJoin extends Join implements BatchRel {
    /**
     * Two columns that must be equal.
     *
     * @param nullSafe whether NULL equals NULL
     * @param isComparable whether their types allow for a hash table and for filters
     */
    record Key(int left, int right, boolean nullSafe, boolean isComparable) {}

    /** Of a semi or anti join, whether the left side is kept in memory rather than the right one. */
    private final boolean keepsLeft;

    /** Which columns of the result somebody reads; nothing for all. */
    private final @Nullable ImmutableBitSet columns;

    BatchJoin(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode left,
            RelNode right,
            RexNode condition,
            JoinRelType joinType,
            boolean keepsLeft,
            @Nullable ImmutableBitSet columns) {
        super(cluster, traits, List.of(), left, right, condition, ImmutableSet.of(), joinType);
        this.keepsLeft = keepsLeft;
        this.columns = columns;
    }

    @Override
    public Join copy(
            RelTraitSet traits,
            RexNode newCondition,
            RelNode newLeft,
            RelNode newRight,
            JoinRelType type,
            boolean semi) {
        return new BatchJoin(getCluster(), traits, newLeft, newRight, newCondition, type, keepsLeft, columns);
    }

    /** The same join for somebody above who reads only these columns. */
    BatchJoin reading(ImmutableBitSet columns) {
        ImmutableBitSet needed = columns.union(RelOptUtil.InputFinder.bits(getCondition()));
        int leftColumns = getLeft().getRowType().getFieldCount();
        int allColumns = leftColumns + getRight().getRowType().getFieldCount();
        ImmutableBitSet ofRight =
                needed.intersect(ImmutableBitSet.range(leftColumns, allColumns)).shift(-leftColumns);
        return new BatchJoin(
                getCluster(),
                getTraitSet(),
                reading(getLeft(), needed.intersect(ImmutableBitSet.range(leftColumns))),
                reading(getRight(), ofRight),
                getCondition(),
                getJoinType(),
                keepsLeft,
                columns);
    }

    /** An input of which only these columns are read. */
    private static RelNode reading(RelNode input, ImmutableBitSet columns) {
        return input instanceof BatchJoin join ? join.reading(columns) : input;
    }

    /** The equalities of columns in the condition. */
    List<Key> keys() {
        return split(new ArrayList<>());
    }

    /**
     * @param rest receives the other parts of the condition
     */
    private List<Key> split(List<RexNode> rest) {
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        List<Boolean> filterNulls = new ArrayList<>();
        RelOptUtil.splitJoinCondition(getLeft(), getRight(), getCondition(), leftKeys, rightKeys, filterNulls, rest);
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            keys.add(new Key(
                    leftKeys.get(i),
                    rightKeys.get(i),
                    !filterNulls.get(i),
                    isComparable(getLeft(), leftKeys.get(i), getRight(), rightKeys.get(i))));
        }
        return keys;
    }

    /** Keys must hash alike, which values of different types need not do: such a pair is compared instead. */
    static boolean isComparable(DataType left, DataType right) {
        return left.equals(right)
                || ExpressionCompiler.isInteger(left) && ExpressionCompiler.isInteger(right)
                || left instanceof DataType.Decimal one
                        && right instanceof DataType.Decimal other
                        && one.isLong()
                        && other.isLong()
                        && one.scale() == other.scale();
    }

    private static boolean isComparable(RelNode left, int leftColumn, RelNode right, int rightColumn) {
        return isComparable(
                TypeMapping.toDataType(type(left, leftColumn)), TypeMapping.toDataType(type(right, rightColumn)));
    }

    /**
     * What NOT IN demands: that no right row is equal, or may be as far as NULLs let know.
     *
     * @return the columns, or nothing if this is another join
     */
    static Optional<Key> nullAware(Join join) {
        boolean is = join.getJoinType() == JoinRelType.ANTI
                && join.getCondition().getKind() == SqlKind.IS_NOT_FALSE
                && ((RexCall) join.getCondition()).getOperands().get(0).getKind() == SqlKind.EQUALS;
        int leftColumns = join.getLeft().getRowType().getFieldCount();
        return !is
                ? Optional.empty()
                : Selectivity.equalColumns(join.getCondition())
                        .filter(columns -> columns[0] < leftColumns && columns[1] >= leftColumns)
                        .map(columns -> new int[] {columns[0], columns[1] - leftColumns})
                        .filter(columns -> isComparable(join.getLeft(), columns[0], join.getRight(), columns[1]))
                        .map(columns -> new Key(columns[0], columns[1], false, true));
    }

    /** Whether each left row is passed on, or dropped, by itself and while others are still to come. */
    boolean streams() {
        return !keepsLeft
                && (getJoinType() == JoinRelType.INNER
                        || getJoinType() == JoinRelType.LEFT
                        || getJoinType() == JoinRelType.SEMI
                        || getJoinType() == JoinRelType.ANTI);
    }

    /** Whether rows find each other by hash rather than by comparing all of them. */
    boolean hashes() {
        return keys().stream().anyMatch(Key::isComparable) || nullAware(this).isPresent();
    }

    private static RelDataType type(RelNode rel, int column) {
        return rel.getRowType().getFieldList().get(column).getType();
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        Optional<Key> notIn = nullAware(this);
        if (notIn.isPresent()) {
            return new HashJoinOperator.Factory(
                    implementor.visit(getLeft()),
                    implementor.visit(getRight()),
                    new int[] {notIn.get().left},
                    new int[] {notIn.get().right},
                    new boolean[1],
                    JoinKind.NULL_AWARE_ANTI,
                    null);
        }
        List<RexNode> rest = new ArrayList<>();
        List<Key> keys = new ArrayList<>();
        for (Key key : split(rest)) {
            if (key.isComparable) {
                keys.add(key);
            } else {
                rest.add(comparison(key));
            }
        }
        List<@Nullable FilterSlot> filters = filters(implementor.filterTargets(), keys);
        OperatorFactory left = implementor.visit(getLeft());
        OperatorFactory right = implementor.visit(getRight());
        RexNode residual = RexUtil.composeConjunction(getCluster().getRexBuilder(), rest);
        Expression condition = residual.isAlwaysTrue() ? null : implementor.expression(residual);
        if (keys.isEmpty()) {
            return new NestedLoopJoinOperator.Factory(left, right, kind(getJoinType()), condition);
        }
        int[] leftKeys = keys.stream().mapToInt(Key::left).toArray();
        int[] rightKeys = keys.stream().mapToInt(Key::right).toArray();
        boolean[] nullSafe = new boolean[keys.size()];
        for (int i = 0; i < nullSafe.length; i++) {
            nullSafe[i] = keys.get(i).nullSafe;
        }
        if (keepsLeft) {
            boolean anti = getJoinType() == JoinRelType.ANTI;
            return new HashSemiJoinOperator.Factory(
                    left, right, leftKeys, rightKeys, nullSafe, anti, condition, filters, JoinLevel.TOP);
        }
        boolean[] read = new boolean[left.types().size() + right.types().size()];
        ImmutableBitSet ofResidual = RelOptUtil.InputFinder.bits(residual);
        for (int i = 0; i < read.length; i++) {
            read[i] = columns == null || columns.get(i) || ofResidual.get(i);
        }
        return new HashJoinOperator.Factory(
                left,
                right,
                leftKeys,
                rightKeys,
                nullSafe,
                kind(getJoinType()),
                condition,
                read,
                filters,
                JoinLevel.TOP);
    }

    /** Where the keys of the side that is kept filter the other one, if rows without a match are of no use there. */
    private List<@Nullable FilterSlot> filters(FilterTargets targets, List<Key> keys) {
        boolean dropsUnmatched = keepsLeft
                || getJoinType() == JoinRelType.INNER
                || getJoinType() == JoinRelType.SEMI
                || getJoinType() == JoinRelType.RIGHT;
        boolean filters = dropsUnmatched && RuleStages.uses(this, Optimization.JOIN_FILTERS);
        List<@Nullable FilterSlot> slots = new ArrayList<>();
        for (Key key : keys) {
            boolean useful = filters && !key.nullSafe;
            RelNode other = keepsLeft ? getRight() : getLeft();
            slots.add(useful ? targets.slot(other, keepsLeft ? key.right : key.left) : null);
        }
        return slots;
    }

    private RexNode comparison(Key key) {
        RexBuilder rexBuilder = getCluster().getRexBuilder();
        return rexBuilder.makeCall(
                key.nullSafe ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS,
                rexBuilder.makeInputRef(getLeft(), key.left),
                rexBuilder.makeInputRef(
                        type(getRight(), key.right), getLeft().getRowType().getFieldCount() + key.right));
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).itemIf("keeps", "left", keepsLeft);
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
