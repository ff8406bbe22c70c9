// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes columns of what the equalities in a join's condition compute of either side, so that the join finds its rows in a hash
 * table; without it, it compares every row with every other. Numbers of different types meet in one that holds both.
 */
final class ComputedKeys {
    private static final int MOST_DIGITS = 38;

    /**
     * What must be equal.
     *
     * @param call the equality, or the test of it, as it stood
     * @param left over the left columns
     * @param right over the right columns, from 0
     */
    private record Key(RexCall call, RexNode left, RexNode right) {}

    /** One side of the join with the columns that are added to it. */
    private static final class Side {
        private final RelNode rel;
        private final List<RexNode> columns = new ArrayList<>();
        private final List<String> names;

        Side(RelNode rel) {
            this.rel = rel;
            this.names = new ArrayList<>(rel.getRowType().getFieldNames());
            for (int i = 0; i < names.size(); i++) {
                columns.add(RexInputRef.of(i, rel.getRowType()));
            }
        }

        int width() {
            return rel.getRowType().getFieldCount();
        }

        /** Where a value stands among the columns. */
        int column(RexNode value) {
            int known = columns.indexOf(value);
            if (known >= 0) {
                return known;
            }
            columns.add(value);
            names.add("key" + columns.size());
            return columns.size() - 1;
        }

        boolean isWider() {
            return columns.size() > width();
        }

        RelNode widened() {
            return isWider() ? LogicalProject.create(rel, List.of(), columns, names, Set.of()) : rel;
        }
    }

    private final LogicalJoin join;
    private final RexBuilder rexBuilder;
    private final Side left;
    private final Side right;

    private ComputedKeys(LogicalJoin join) {
        this.join = join;
        this.rexBuilder = join.getCluster().getRexBuilder();
        this.left = new Side(join.getLeft());
        this.right = new Side(join.getRight());
    }

    static RelNode apply(RelNode rel) {
        List<RelNode> inputs = rel.getInputs().stream().map(ComputedKeys::apply).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return copy instanceof LogicalJoin join && join.getVariablesSet().isEmpty()
                ? new ComputedKeys(join).applied()
                : copy;
    }

    private RelNode applied() {
        List<Key> keys = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            Key key = key(conjunct);
            if (key == null) {
                others.add(conjunct);
            } else {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            return join;
        }
        List<int[]> places = keys.stream()
                .map(key -> new int[] {left.column(key.left), right.column(key.right)})
                .toList();
        RelNode newLeft = left.widened();
        RelNode newRight = right.widened();
        int leftWidth = left.columns.size();
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            RexNode one = RexInputRef.of(places.get(i)[0], newLeft.getRowType());
            RexNode other = RexUtil.shift(RexInputRef.of(places.get(i)[1], newRight.getRowType()), leftWidth);
            conditions.add(like(keys.get(i).call, one, other));
        }
        for (RexNode other : others) {
            conditions.add(RexUtil.shift(other, left.width(), leftWidth - left.width()));
        }
        RelNode result = LogicalJoin.create(
                newLeft,
                newRight,
                join.getHints(),
                RexUtil.composeConjunction(rexBuilder, conditions),
                Set.of(),
                join.getJoinType());
        return withoutKeys(result);
    }

    /** The join's own columns. */
    private RelNode withoutKeys(RelNode wide) {
        boolean both = join.getJoinType().projectsRight();
        if (!left.isWider() && !(both && right.isWider())) {
            return wide;
        }
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < left.width(); i++) {
            columns.add(RexInputRef.of(i, wide.getRowType()));
        }
        for (int i = 0; both && i < right.width(); i++) {
            columns.add(RexInputRef.of(left.columns.size() + i, wide.getRowType()));
        }
        return LogicalProject.create(wide, List.of(), columns, join.getRowType().getFieldNames(), Set.of());
    }

    private RexNode like(RexCall call, RexNode one, RexNode other) {
        return call.getKind() == SqlKind.IS_NOT_FALSE
                ? rexBuilder.makeCall(
                        call.getOperator(), like((RexCall) call.getOperands().get(0), one, other))
                : rexBuilder.makeCall(call.getOperator(), one, other);
    }

    /** An equality of both sides, or, in an anti join, that of NOT IN. */
    private @Nullable Key key(RexNode conjunct) {
        if (!(conjunct instanceof RexCall call)) {
            return null;
        }
        boolean nullAware = call.getKind() == SqlKind.IS_NOT_FALSE && join.getJoinType() == JoinRelType.ANTI;
        RexNode equality = nullAware ? call.getOperands().get(0) : call;
        if (equality.getKind() != SqlKind.EQUALS && equality.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
            return null;
        }
        List<RexNode> operands = ((RexCall) equality).getOperands();
        Key key = key(call, operands.get(0), operands.get(1));
        return key == null ? key(call, operands.get(1), operands.get(0)) : key;
    }

    private @Nullable Key key(RexCall call, RexNode ofLeft, RexNode ofRight) {
        ImmutableBitSet leftBits = RelOptUtil.InputFinder.bits(ofLeft);
        ImmutableBitSet rightBits = RelOptUtil.InputFinder.bits(ofRight);
        boolean divided = !leftBits.isEmpty()
                && !rightBits.isEmpty()
                && leftBits.length() <= left.width()
                && rightBits.nextSetBit(0) >= left.width();
        if (!divided || !isPlain(ofLeft) || !isPlain(ofRight)) {
            return null;
        }
        return matched(
                call,
                withoutLosslessCast(ofLeft),
                RexUtil.shift(withoutLosslessCast(ofRight), left.width(), -left.width()));
    }

    private static boolean isPlain(RexNode node) {
        return RexUtil.isDeterministic(node)
                && !RexUtil.containsCorrelation(node)
                && RexUtil.SubQueryFinder.find(node) == null;
    }

    /** Whole numbers of any width, and decimals of the same scale, are compared as they are. */
    private static RexNode withoutLosslessCast(RexNode node) {
        RexNode result = node;
        while (result.getKind() == SqlKind.CAST) {
            RexNode inner = ((RexCall) result).getOperands().get(0);
            boolean lossless = isExact(result.getType())
                    && isExact(inner.getType())
                    && isInteger(inner.getType()) == isInteger(result.getType())
                    && scale(inner.getType()) == scale(result.getType())
                    && digits(inner.getType()) <= digits(result.getType());
            if (!lossless) {
                return result;
            }
            result = inner;
        }
        return result;
    }

    /** Both sides in types that a hash table takes for each other; nothing if there are none. */
    private @Nullable Key matched(RexCall call, RexNode one, RexNode other) {
        DataType leftType = TypeMapping.toDataType(one.getType());
        DataType rightType = TypeMapping.toDataType(other.getType());
        if (BatchJoin.isComparable(leftType, rightType)) {
            return new Key(call, one, other);
        }
        if (!isExact(one.getType()) || !isExact(other.getType())) {
            return null;
        }
        int scale = Math.max(scale(one.getType()), scale(other.getType()));
        int whole = Math.max(
                digits(one.getType()) - scale(one.getType()), digits(other.getType()) - scale(other.getType()));
        return whole + scale > MOST_DIGITS
                ? null
                : new Key(call, cast(one, whole + scale, scale), cast(other, whole + scale, scale));
    }

    private RexNode cast(RexNode node, int precision, int scale) {
        RelDataTypeFactory types = join.getCluster().getTypeFactory();
        RelDataType type = types.createTypeWithNullability(
                types.createSqlType(SqlTypeName.DECIMAL, precision, scale),
                node.getType().isNullable());
        return type.equals(node.getType()) ? node : rexBuilder.makeAbstractCast(type, node, false);
    }

    private static boolean isInteger(RelDataType type) {
        return ExpressionCompiler.isInteger(TypeMapping.toDataType(type));
    }

    private static boolean isExact(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DECIMAL || isInteger(type);
    }

    private static int scale(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
    }

    private static int digits(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DECIMAL
                ? type.getPrecision()
                : TypeMapping.toDataType(type).kind().integerDigits();
    }
}
