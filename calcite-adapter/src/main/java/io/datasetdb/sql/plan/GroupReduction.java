// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Spares an aggregation the groups that the join above it would drop: where a join compares grouping keys with a side that has
 * few of their values, a semi join with that side goes below the aggregation. Decorrelated sub-queries are of this form, as
 * they compute their value for every group there is ("magic sets": Mumick et al., Magic is relevant, SIGMOD 1990).
 */
final class GroupReduction {
    /** A semi join pays if no more than this share of the groups is wanted. */
    private static final double WORTH_ASKING = 0.3;

    private static final double MOST_ROWS = 1_000_000;

    /** A column of the aggregation's side and the column of the other side that it must equal. */
    private record Key(int column, int other) {}

    private final Estimates estimates = new Estimates();
    private int shared;

    private GroupReduction() {}

    static RelNode apply(RelNode rel) {
        return new GroupReduction().visit(rel);
    }

    private RelNode visit(RelNode rel) {
        List<RelNode> inputs = rel.getInputs().stream().map(this::visit).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return copy instanceof LogicalJoin join && join.getVariablesSet().isEmpty() ? reduced(join) : copy;
    }

    private RelNode reduced(LogicalJoin join) {
        List<Key> keys = keys(join);
        RelNode left = join.getLeft();
        RelNode right = join.getRight();
        if (keys.isEmpty()) {
            return join;
        }
        // A side whose rows come out even without a match must stay whole.
        JoinRelType type = join.getJoinType();
        boolean reducesRight = type == JoinRelType.INNER
                || type == JoinRelType.LEFT
                || type == JoinRelType.SEMI
                || type == JoinRelType.ANTI;
        boolean reducesLeft = type == JoinRelType.INNER || type == JoinRelType.SEMI || type == JoinRelType.RIGHT;
        if (reducesRight && isSmall(left)) {
            Shared asking = Shared.of(left, shared + 1);
            List<Key> exchanged =
                    keys.stream().map(key -> new Key(key.other, key.column)).toList();
            RelNode reduced = restricted(right, exchanged, asking);
            if (reduced != null) {
                shared++;
                return join.copy(join.getTraitSet(), join.getCondition(), asking, reduced, type, false);
            }
        }
        if (reducesLeft && isSmall(right)) {
            Shared asking = Shared.of(right, shared + 1);
            RelNode reduced = restricted(left, keys, asking);
            if (reduced != null) {
                shared++;
                return join.copy(join.getTraitSet(), join.getCondition(), reduced, asking, type, false);
            }
        }
        return join;
    }

    /** The columns that must be equal, without those of which NULL equals NULL: a semi join by equality would lose these. */
    private static List<Key> keys(LogicalJoin join) {
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Boolean> filterNulls = new ArrayList<>();
        RelOptUtil.splitJoinCondition(
                join.getLeft(), join.getRight(), join.getCondition(), left, right, filterNulls, new ArrayList<>());
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            if (filterNulls.get(i)) {
                keys.add(new Key(left.get(i), right.get(i)));
            }
        }
        return keys;
    }

    private boolean isSmall(RelNode rel) {
        return estimates.rows(rel) <= MOST_ROWS && !(rel instanceof Aggregate) && CommonSubPlans.dependsOnNothing(rel);
    }

    /** The step with an aggregation below it reduced to the groups asked for; {@code null} if there is none that pays. */
    private @Nullable RelNode restricted(RelNode rel, List<Key> keys, Shared asking) {
        if (keys.isEmpty()) {
            return null;
        }
        if (rel instanceof LogicalProject project) {
            RelNode input = restricted(project.getInput(), below(project, keys), asking);
            return input == null ? null : project.copy(project.getTraitSet(), List.of(input));
        }
        if (rel instanceof LogicalFilter filter && RexUtil.isDeterministic(filter.getCondition())) {
            RelNode input = restricted(filter.getInput(), keys, asking);
            return input == null ? null : filter.copy(filter.getTraitSet(), List.of(input));
        }
        if (rel instanceof LogicalAggregate aggregate && aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            List<Key> grouped = below(aggregate, keys);
            return pays(aggregate, keys, asking)
                    ? aggregate.copy(aggregate.getTraitSet(), List.of(matching(aggregate.getInput(), grouped, asking)))
                    : null;
        }
        return null;
    }

    private boolean pays(LogicalAggregate aggregate, List<Key> keys, Shared asking) {
        double share = 1;
        long grouped = keys.stream()
                .mapToInt(Key::column)
                .filter(column -> column < aggregate.getGroupCount())
                .distinct()
                .count();
        if (grouped == aggregate.getGroupCount()) {
            share = estimates.rows(asking.getInput()) / estimates.rows(aggregate);
        }
        for (Key key : keys) {
            if (key.column < aggregate.getGroupCount()) {
                share = Math.min(
                        share,
                        estimates.distinct(asking.getInput(), key.other) / estimates.distinct(aggregate, key.column));
            }
        }
        boolean few = estimates.rows(asking.getInput()) * 4 <= estimates.rows(aggregate.getInput());
        return few && share <= WORTH_ASKING;
    }

    private static List<Key> below(LogicalProject project, List<Key> keys) {
        List<Key> result = new ArrayList<>();
        for (Key key : keys) {
            if (project.getProjects().get(key.column) instanceof RexInputRef reference) {
                result.add(new Key(reference.getIndex(), key.other));
            }
        }
        return result;
    }

    private static List<Key> below(LogicalAggregate aggregate, List<Key> keys) {
        return keys.stream()
                .filter(key -> key.column < aggregate.getGroupCount())
                .map(key -> new Key(aggregate.getGroupSet().nth(key.column), key.other))
                .toList();
    }

    /** The rows whose keys are asked for: a semi join, as far down as it compares the same columns. */
    private static RelNode matching(RelNode rel, List<Key> keys, Shared asking) {
        if (rel instanceof LogicalProject project && below(project, keys).size() == keys.size()) {
            RelNode input = matching(project.getInput(), below(project, keys), asking);
            return project.copy(project.getTraitSet(), List.of(input));
        }
        if (rel instanceof LogicalJoin join
                && join.getVariablesSet().isEmpty()
                && (join.getJoinType() == JoinRelType.INNER
                        || !join.getJoinType().projectsRight())) {
            int columns = join.getLeft().getRowType().getFieldCount();
            if (keys.stream().allMatch(key -> key.column < columns)) {
                RelNode left = matching(join.getLeft(), keys, asking);
                return join.copy(join.getTraitSet(), List.of(left, join.getRight()));
            }
            if (keys.stream().allMatch(key -> key.column >= columns)) {
                List<Key> moved = keys.stream()
                        .map(key -> new Key(key.column - columns, key.other))
                        .toList();
                RelNode right = matching(join.getRight(), moved, asking);
                return join.copy(join.getTraitSet(), List.of(join.getLeft(), right));
            }
        }
        return semiJoin(rel, keys, asking);
    }

    private static RelNode semiJoin(RelNode rel, List<Key> keys, Shared asking) {
        RexBuilder rexBuilder = rel.getCluster().getRexBuilder();
        List<RexNode> equalities = new ArrayList<>();
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int width = rel.getRowType().getFieldCount();
        for (Key key : keys) {
            RexInputRef asked = RexInputRef.of(key.other, asking.getRowType());
            RexInputRef there = new RexInputRef(width + columns.size(), asked.getType());
            columns.add(asked);
            names.add(asking.getRowType().getFieldNames().get(key.other));
            equalities.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.EQUALS, RexInputRef.of(key.column, rel.getRowType()), there));
        }
        RelNode right = LogicalProject.create(asking, List.of(), columns, names, Set.of());
        RexNode condition = RexUtil.composeConjunction(rexBuilder, equalities);
        return LogicalJoin.create(rel, right, List.of(), condition, Set.of(), JoinRelType.SEMI);
    }
}
