// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * A sub-query without its comparisons with the outer row, and these.
 *
 * @param rel knows nothing of the outer row; its first columns are the sub-query's, more may follow
 * @param correlated conditions over the columns of {@code rel} and the outer row's variable
 */
record PulledUp(RelNode rel, List<RexNode> correlated) {
    /** Takes a sub-query apart, if all it does with the outer row is to compare with it. */
    static Optional<PulledUp> of(RelNode rel, @Nullable CorrelationId variable) {
        Set<CorrelationId> used = RelOptUtil.getVariablesUsed(rel);
        if (used.isEmpty()) {
            return Optional.of(new PulledUp(rel, List.of()));
        }
        if (variable == null || !used.equals(Set.of(variable))) {
            return Optional.empty();
        }
        if (rel instanceof LogicalFilter filter) {
            return of(filter.getInput(), variable).flatMap(below -> filter(filter, below));
        }
        if (rel instanceof LogicalProject project && !isCorrelated(project.getProjects())) {
            return of(project.getInput(), variable).map(below -> project(project, below));
        }
        if (rel instanceof LogicalJoin join
                && join.getJoinType() == JoinRelType.INNER
                && !isCorrelated(List.of(join.getCondition()))) {
            return of(join.getLeft(), variable)
                    .flatMap(left -> of(join.getRight(), variable).flatMap(right -> join(join, left, right)));
        }
        return Optional.empty();
    }

    private static boolean isCorrelated(List<RexNode> nodes) {
        return nodes.stream().anyMatch(node -> RexUtil.containsCorrelation(node) || hasSubQuery(node));
    }

    private static boolean hasSubQuery(RexNode node) {
        return RexUtil.SubQueryFinder.find(node) != null;
    }

    private static Optional<PulledUp> filter(LogicalFilter filter, PulledUp below) {
        List<RexNode> staying = new ArrayList<>();
        List<RexNode> pulled = new ArrayList<>(below.correlated);
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            if (!RexUtil.containsCorrelation(conjunct) && !mentionsOuter(conjunct)) {
                staying.add(conjunct);
            } else if (hasSubQuery(conjunct) || !RexUtil.isDeterministic(conjunct)) {
                return Optional.empty();
            } else {
                pulled.add(conjunct);
            }
        }
        RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
        RexNode condition = RexUtil.composeConjunction(rexBuilder, staying);
        RelNode rel = condition.isAlwaysTrue() ? below.rel : LogicalFilter.create(below.rel, condition);
        return Optional.of(new PulledUp(rel, pulled));
    }

    private static boolean mentionsOuter(RexNode conjunct) {
        boolean[] found = {false};
        conjunct.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                found[0] |= !RelOptUtil.getVariablesUsed(subQuery.rel).isEmpty();
                return subQuery;
            }
        });
        return found[0];
    }

    /** The columns that conditions need go along behind the projected ones. */
    private static PulledUp project(LogicalProject project, PulledUp below) {
        Set<Integer> needed = new TreeSet<>();
        below.correlated.forEach(condition ->
                needed.addAll(RelOptUtil.InputFinder.bits(condition).asList()));
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        List<Integer> order = List.copyOf(needed);
        for (int column : order) {
            columns.add(RexInputRef.of(column, below.rel.getRowType()));
            names.add("$key" + column);
        }
        int own = project.getProjects().size();
        RelNode rel = LogicalProject.create(below.rel, List.of(), columns, names, Set.of());
        List<RexNode> moved = below.correlated.stream()
                .map(condition -> renumbered(condition, column -> own + order.indexOf(column)))
                .toList();
        return new PulledUp(rel, moved);
    }

    private static Optional<PulledUp> join(LogicalJoin join, PulledUp left, PulledUp right) {
        int leftColumns = join.getLeft().getRowType().getFieldCount();
        // what was added behind the left columns would stand between them and the right ones
        if (left.rel.getRowType().getFieldCount() != leftColumns) {
            return Optional.empty();
        }
        List<RexNode> conditions = new ArrayList<>(left.correlated);
        right.correlated.forEach(condition -> conditions.add(renumbered(condition, column -> column + leftColumns)));
        RelNode rel =
                join.copy(join.getTraitSet(), join.getCondition(), left.rel, right.rel, join.getJoinType(), false);
        return Optional.of(new PulledUp(rel, conditions));
    }

    private static RexNode renumbered(RexNode condition, java.util.function.IntUnaryOperator number) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return new RexInputRef(number.applyAsInt(reference.getIndex()), reference.getType());
            }
        });
    }

    /** The conditions over the columns of a join of the outer rows and {@link #rel}. */
    List<RexNode> conditions(RelNode outer) {
        int columns = outer.getRowType().getFieldCount();
        List<RexNode> result = new ArrayList<>();
        for (RexNode condition : correlated) {
            result.add(condition.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef reference) {
                    return new RexInputRef(columns + reference.getIndex(), reference.getType());
                }

                @Override
                public RexNode visitFieldAccess(RexFieldAccess access) {
                    return access.getReferenceExpr() instanceof RexCorrelVariable
                            ? new RexInputRef(access.getField().getIndex(), access.getType())
                            : super.visitFieldAccess(access);
                }
            }));
        }
        return result;
    }
}
