// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/**
 * Puts inner joins that stand next to each other into the order that is expected to cost least, and the smaller side of each
 * join to the right, where it is kept in memory; the same for LEFT joins, which become RIGHT ones.
 */
final class JoinOrder {
    private final Estimates estimates = new Estimates();

    private JoinOrder() {}

    static RelNode apply(RelNode rel) {
        return new JoinOrder().order(rel);
    }

    private RelNode order(RelNode rel) {
        if (isInner(rel) || rel instanceof LogicalJoin join && isMovable(join)) {
            JoinGraph graph = new JoinGraph(rel.getCluster(), estimates);
            List<Integer> fields = collect(rel, graph);
            return graph.ordered(fields, rel.getRowType());
        }
        List<RelNode> inputs = rel.getInputs().stream().map(this::order).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return copy instanceof LogicalJoin join && join.getJoinType() == JoinRelType.LEFT ? smallerRight(join) : copy;
    }

    private static boolean isInner(RelNode rel) {
        return rel instanceof LogicalJoin join
                && join.getJoinType() == JoinRelType.INNER
                && join.getVariablesSet().isEmpty()
                && !RexUtil.containsCorrelation(join.getCondition())
                && RexUtil.isDeterministic(join.getCondition());
    }

    /**
     * Adds what is below a step to the graph; returns which of the graph's columns the step's columns are.
     */
    private List<Integer> collect(RelNode rel, JoinGraph graph) {
        if (!graph.hasRoom()) {
            return graph.addFactor(order(rel));
        }
        if (isInner(rel)) {
            LogicalJoin join = (LogicalJoin) rel;
            List<Integer> fields = new ArrayList<>(collect(join.getLeft(), graph));
            fields.addAll(collect(join.getRight(), graph));
            graph.addCondition(join.getCondition(), fields);
            return fields;
        }
        if (rel instanceof LogicalJoin join && isMovable(join)) {
            JoinGraph.Mark mark = graph.mark();
            List<Integer> fields = collect(join.getLeft(), graph);
            RelNode right = order(join.getRight());
            if (graph.push(join, fields, right)) {
                return fields;
            }
            graph.reset(mark);
            return graph.addFactor(join.copy(join.getTraitSet(), List.of(order(join.getLeft()), right)));
        }
        if (rel instanceof Filter filter && isInner(filter.getInput()) && isMovable(filter)) {
            List<Integer> fields = collect(filter.getInput(), graph);
            graph.addCondition(filter.getCondition(), fields);
            return fields;
        }
        if (rel instanceof Project project && isInner(project.getInput()) && isSelection(project)) {
            List<Integer> fields = collect(project.getInput(), graph);
            return project.getProjects().stream()
                    .map(column -> fields.get(((RexInputRef) column).getIndex()))
                    .toList();
        }
        return graph.addFactor(order(rel));
    }

    private static boolean isMovable(LogicalJoin join) {
        return !join.getJoinType().projectsRight()
                && isInner(join.getLeft())
                && join.getVariablesSet().isEmpty()
                && !RexUtil.containsCorrelation(join.getCondition());
    }

    private static boolean isMovable(Filter filter) {
        return filter.getVariablesSet().isEmpty()
                && !RexUtil.containsCorrelation(filter.getCondition())
                && RexUtil.isDeterministic(filter.getCondition());
    }

    private static boolean isSelection(Project project) {
        return project.getProjects().stream().allMatch(column -> column instanceof RexInputRef);
    }

    /** The same rows with the sides exchanged if the left one is much smaller. */
    private RelNode smallerRight(LogicalJoin join) {
        if (!join.getVariablesSet().isEmpty() || estimates.rows(join.getLeft()) * 2 > estimates.rows(join.getRight())) {
            return join;
        }
        int left = join.getLeft().getRowType().getFieldCount();
        int right = join.getRight().getRowType().getFieldCount();
        RexNode condition = exchanged(join.getCondition(), left, right);
        RelNode exchanged = LogicalJoin.create(
                join.getRight(), join.getLeft(), List.of(), condition, join.getVariablesSet(), JoinRelType.RIGHT);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < left + right; i++) {
            columns.add(RexInputRef.of(i < left ? right + i : i - left, exchanged.getRowType()));
        }
        return LogicalProject.create(
                exchanged, List.of(), columns, join.getRowType().getFieldNames(), java.util.Set.of());
    }

    private static RexNode exchanged(RexNode condition, int left, int right) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                return new RexInputRef(index < left ? right + index : index - left, reference.getType());
            }
        });
    }
}
