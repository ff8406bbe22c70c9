// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Lets a column end at the last step that uses it: what only a filter or a join's condition looks at is left out above it, so
 * that joins, sorts and shared steps keep no values that nobody asks for. Calcite's own trimming keeps such columns.
 */
final class ColumnPruning {
    /**
     * A step with fewer columns.
     *
     * @param before how many columns the step had
     * @param columns which of the columns that the step had are left, in their order
     */
    private record Pruned(RelNode rel, int before, ImmutableBitSet columns) {
        Mapping mapping() {
            return ColumnPruning.mapping(columns, before);
        }
    }

    private final Map<Shared, ImmutableBitSet> wanted = new IdentityHashMap<>();
    private final Map<Shared, Pruned> shared = new IdentityHashMap<>();

    private ColumnPruning() {}

    static RelNode apply(RelNode rel) {
        ColumnPruning pruning = new ColumnPruning();
        pruning.collect(rel, all(rel));
        return pruning.exactly(rel, all(rel)).rel;
    }

    private static ImmutableBitSet all(RelNode rel) {
        return ImmutableBitSet.range(width(rel));
    }

    private static int width(RelNode rel) {
        return rel.getRowType().getFieldCount();
    }

    /** From the columns that a step had to those that are left of them. */
    private static Mapping mapping(ImmutableBitSet columns, int before) {
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, before, columns.cardinality());
        int position = 0;
        for (int column : columns) {
            mapping.set(column, position++);
        }
        return mapping;
    }

    /** Notes which columns all readers of the shared steps want between them. */
    private void collect(RelNode rel, ImmutableBitSet needed) {
        ImmutableBitSet wants = needed;
        if (rel instanceof Shared step) {
            ImmutableBitSet before = wanted.get(step);
            wants = before == null ? needed : before.union(needed);
            if (wants.equals(before)) {
                return;
            }
            wanted.put(step, wants);
        }
        List<ImmutableBitSet> needs = needs(rel, wants);
        for (int i = 0; i < needs.size(); i++) {
            collect(rel.getInput(i), needs.get(i));
        }
    }

    /** What a step needs of each input to yield these columns. */
    private static List<ImmutableBitSet> needs(RelNode rel, ImmutableBitSet needed) {
        if (rel instanceof LogicalProject project) {
            return List.of(RelOptUtil.InputFinder.bits(kept(project, needed), null));
        }
        if (rel instanceof LogicalFilter filter && filter.getVariablesSet().isEmpty()) {
            return List.of(needed.union(RelOptUtil.InputFinder.bits(filter.getCondition())));
        }
        if (rel instanceof LogicalJoin join && join.getVariablesSet().isEmpty()) {
            ImmutableBitSet both = needed.union(RelOptUtil.InputFinder.bits(join.getCondition()));
            int left = join.getLeft().getRowType().getFieldCount();
            ImmutableBitSet right = both.except(ImmutableBitSet.range(left));
            return List.of(both.except(right), right.shift(-left));
        }
        if (rel instanceof LogicalAggregate aggregate) {
            return List.of(ImmutableBitSet.of(RelOptUtil.getAllFields(aggregate)));
        }
        if (rel instanceof LogicalSort sort) {
            List<Integer> keys = sort.getCollation().getKeys();
            return List.of(needed.union(ImmutableBitSet.of(keys)));
        }
        if (rel instanceof Shared || rel instanceof LogicalUnion union && union.all) {
            ImmutableBitSet some = needed.isEmpty() ? ImmutableBitSet.of(0) : needed;
            return rel.getInputs().stream().map(input -> some).toList();
        }
        return rel.getInputs().stream().map(ColumnPruning::all).toList();
    }

    /** A step of columns has one at least. */
    private static List<RexNode> kept(LogicalProject project, ImmutableBitSet needed) {
        ImmutableBitSet some = needed.isEmpty() ? ImmutableBitSet.of(0) : needed;
        return some.asList().stream().map(project.getProjects()::get).toList();
    }

    /** A step with these columns and no others; with any if these are none. */
    private Pruned exactly(RelNode rel, ImmutableBitSet needed) {
        Pruned pruned = prune(rel, needed);
        if (pruned.columns.equals(needed) || needed.isEmpty()) {
            return pruned;
        }
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : needed) {
            columns.add(RexInputRef.of(pruned.columns.indexOf(column), pruned.rel.getRowType()));
            names.add(rel.getRowType().getFieldNames().get(column));
        }
        RelNode result = LogicalProject.create(pruned.rel, List.of(), columns, names, Set.of());
        return new Pruned(result, width(rel), needed);
    }

    /** A step with at least these columns. */
    private Pruned prune(RelNode rel, ImmutableBitSet needed) {
        if (rel instanceof Shared step) {
            return shared(step, needed);
        }
        List<ImmutableBitSet> needs = needs(rel, needed);
        if (rel instanceof LogicalProject project) {
            return project(project, needed, prune(project.getInput(), needs.get(0)));
        }
        if (rel instanceof LogicalFilter filter && filter.getVariablesSet().isEmpty()) {
            return filter(filter, prune(filter.getInput(), needs.get(0)));
        }
        if (rel instanceof LogicalAggregate aggregate) {
            return aggregate(aggregate, prune(aggregate.getInput(), needs.get(0)));
        }
        List<Pruned> inputs = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            inputs.add(exactly(rel.getInput(i), needs.get(i)));
        }
        if (rel instanceof LogicalJoin join && join.getVariablesSet().isEmpty()) {
            return join(join, inputs.get(0), inputs.get(1));
        }
        if (rel instanceof LogicalSort sort) {
            return sort(sort, inputs.get(0));
        }
        ImmutableBitSet columns = rel instanceof LogicalUnion union && union.all ? needs.get(0) : all(rel);
        List<RelNode> rels = inputs.stream().map(Pruned::rel).toList();
        boolean same = rels.equals(rel.getInputs());
        return new Pruned(same ? rel : rel.copy(rel.getTraitSet(), rels), width(rel), columns);
    }

    private Pruned shared(Shared step, ImmutableBitSet needed) {
        Pruned known = shared.get(step);
        if (known == null) {
            ImmutableBitSet columns =
                    needs(step, wanted.getOrDefault(step, needed)).get(0);
            Pruned input = exactly(step.getInput(), columns);
            known = new Pruned(step.copy(step.getTraitSet(), List.of(input.rel)), width(step), columns);
            shared.put(step, known);
        }
        return known;
    }

    private static Pruned filter(LogicalFilter filter, Pruned input) {
        RexNode condition = RexUtil.apply(input.mapping(), filter.getCondition());
        return new Pruned(LogicalFilter.create(input.rel, condition), input.before, input.columns);
    }

    private static Pruned project(LogicalProject project, ImmutableBitSet needed, Pruned input) {
        ImmutableBitSet columns = needed.isEmpty() ? ImmutableBitSet.of(0) : needed;
        Mapping mapping = input.mapping();
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : columns) {
            expressions.add(RexUtil.apply(mapping, project.getProjects().get(column)));
            names.add(project.getRowType().getFieldNames().get(column));
        }
        RelNode result = LogicalProject.create(input.rel, List.of(), expressions, names, project.getVariablesSet());
        return new Pruned(result, width(project), columns);
    }

    private static Pruned join(LogicalJoin join, Pruned left, Pruned right) {
        ImmutableBitSet both = left.columns.union(right.columns.shift(left.before));
        Mapping mapping = mapping(both, left.before + right.before);
        RexNode condition = RexUtil.apply(mapping, join.getCondition());
        RelNode result = join.copy(join.getTraitSet(), condition, left.rel, right.rel, join.getJoinType(), false);
        return new Pruned(result, width(join), join.getJoinType().projectsRight() ? both : left.columns);
    }

    private static Pruned aggregate(LogicalAggregate aggregate, Pruned input) {
        Mapping mapping = input.mapping();
        List<ImmutableBitSet> sets = aggregate.getGroupSets().stream()
                .map(set -> Mappings.apply(mapping, set))
                .toList();
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .map(call -> call.transform(mapping))
                .toList();
        RelNode result = aggregate.copy(
                aggregate.getTraitSet(), input.rel, Mappings.apply(mapping, aggregate.getGroupSet()), sets, calls);
        return new Pruned(result, width(aggregate), all(aggregate));
    }

    private static Pruned sort(LogicalSort sort, Pruned input) {
        RelCollation collation = RexUtil.apply(input.mapping(), sort.getCollation());
        RelNode result =
                sort.copy(sort.getTraitSet().replace(collation), input.rel, collation, sort.offset, sort.fetch);
        return new Pruned(result, input.before, input.columns);
    }
}
