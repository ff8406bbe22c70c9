// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalTableSpool;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Which of our nodes stands for which logical one: a line each. The choice is one-to-one, so that a plain walk down the tree
 * makes it, in microseconds; no cost-based search is needed.
 */
final class BatchRules {
    /** What the walk calls for a node of a class; the inputs are still logical. */
    private interface Rule extends Function<RelNode, BatchRel> {}

    private static final Map<Class<? extends RelNode>, Rule> RULES = Map.ofEntries(
            Map.entry(LogicalTableScan.class, rel -> scan((TableScan) rel)),
            Map.entry(LogicalFilter.class, rel -> filter((Filter) rel)),
            Map.entry(LogicalProject.class, rel -> project((Project) rel)),
            Map.entry(LogicalAggregate.class, rel -> aggregate((LogicalAggregate) rel)),
            Map.entry(LogicalJoin.class, rel -> join((LogicalJoin) rel)),
            Map.entry(LogicalCorrelate.class, rel -> correlate((LogicalCorrelate) rel)),
            Map.entry(LogicalSort.class, rel -> sort((LogicalSort) rel)),
            Map.entry(LogicalUnion.class, rel -> union((Union) rel)),
            Map.entry(LogicalIntersect.class, rel -> setOperation((LogicalIntersect) rel)),
            Map.entry(LogicalMinus.class, rel -> setOperation((LogicalMinus) rel)),
            Map.entry(LogicalValues.class, rel -> values((LogicalValues) rel)),
            Map.entry(LogicalWindow.class, rel -> BatchWindow.of((LogicalWindow) rel, input(rel))),
            Map.entry(Uncollect.class, rel -> BatchUnnest.of((Uncollect) rel, input(rel))),
            Map.entry(Collect.class, rel -> BatchCollect.of((Collect) rel, input(rel))),
            Map.entry(LogicalRepeatUnion.class, rel -> BatchRecursion.of((LogicalRepeatUnion) rel)),
            Map.entry(LogicalTableSpool.class, rel -> input(rel)),
            Map.entry(Shared.class, rel -> BatchShared.of((Shared) rel, input(rel))));

    private BatchRules() {}

    /** The tree in our convention; fails with {@link SqlError#UNSUPPORTED} for a node that has no operator. */
    static BatchRel convert(RelNode rel) {
        Rule rule = RULES.get(rel.getClass());
        if (rule == null) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot plan the statement: there is no operator for this part of it (" + rel.getRelTypeName()
                            + ")");
        }
        return rule.apply(rel);
    }

    static RelTraitSet traits(RelNode rel) {
        return rel.getCluster().traitSetOf(BatchRel.CONVENTION);
    }

    private static BatchRel input(RelNode rel) {
        return convert(rel.getInput(0));
    }

    private static BatchRel scan(TableScan scan) {
        return ScanPushdown.scanBelow(scan) == null ? BatchRecursion.workingTable(scan) : ScanPushdown.scan(scan);
    }

    /** An aggregation that looks at no column, such as COUNT(*), needs none of the scan's. */
    private static BatchRel aggregate(LogicalAggregate aggregate) {
        boolean countsRows = aggregate.getGroupSet().isEmpty()
                && aggregate.getAggCallList().stream()
                        .allMatch(call -> call.getArgList().isEmpty() && !call.hasFilter());
        RelNode below = aggregate.getInput();
        Filter filter = below instanceof Filter found ? found : null;
        TableScan scan = ScanPushdown.scanBelow(filter == null ? below : filter.getInput());
        BatchRel input = countsRows && scan != null
                ? ScanPushdown.rows(filter, scan)
                : reading(input(aggregate), ImmutableBitSet.of(RelOptUtil.getAllFields(aggregate)));
        return BatchAggregate.of(aggregate, input);
    }

    private static BatchRel filter(Filter filter) {
        TableScan scan = ScanPushdown.scanBelow(filter.getInput());
        return scan == null
                ? new BatchFilter(filter.getCluster(), traits(filter), input(filter), filter.getCondition())
                : ScanPushdown.filter(filter, scan);
    }

    private static BatchRel project(Project project) {
        TableScan scan = ScanPushdown.scanBelow(project.getInput());
        if (scan != null) {
            return ScanPushdown.project(project, null, scan);
        }
        if (project.getInput() instanceof Filter filter) {
            TableScan below = ScanPushdown.scanBelow(filter.getInput());
            if (below != null) {
                return ScanPushdown.project(project, filter, below);
            }
        }
        BatchRel input = reading(input(project), RelOptUtil.InputFinder.bits(project.getProjects(), null));
        return BatchProject.of(input, project.getProjects(), project.getRowType());
    }

    /** An input of which only these columns are read. */
    private static BatchRel reading(BatchRel input, ImmutableBitSet columns) {
        return input instanceof BatchJoin join ? join.reading(columns) : input;
    }

    private static BatchRel join(LogicalJoin join) {
        boolean keepsLeft =
                !join.getJoinType().projectsRight() && BatchJoin.nullAware(join).isEmpty() && isLeftSmaller(join);
        return new BatchJoin(
                join.getCluster(),
                traits(join),
                convert(join.getLeft()),
                convert(join.getRight()),
                join.getCondition(),
                join.getJoinType(),
                keepsLeft,
                null);
    }

    private static boolean isLeftSmaller(LogicalJoin join) {
        Estimates estimates = new Estimates();
        return estimates.rows(join.getLeft()) * 2 < estimates.rows(join.getRight());
    }

    private static BatchRel correlate(LogicalCorrelate correlate) {
        BatchRel unnest = BatchUnnest.ofCorrelate(correlate);
        return unnest != null
                ? unnest
                : new BatchCorrelate(
                        correlate.getCluster(),
                        traits(correlate),
                        convert(correlate.getLeft()),
                        convert(correlate.getRight()),
                        correlate.getCorrelationId(),
                        correlate.getRequiredColumns(),
                        correlate.getJoinType());
    }

    private static BatchRel sort(LogicalSort sort) {
        return new BatchSort(
                sort.getCluster(),
                traits(sort),
                NearestSearch.of(sort, FirstRows.of(sort, input(sort))),
                sort.getCollation(),
                sort.offset,
                sort.fetch);
    }

    private static BatchRel union(Union union) {
        BatchRel all = new BatchUnion(union.getCluster(), traits(union), inputs(union));
        return union.all ? all : BatchAggregate.distinct(all, union.getRowType());
    }

    private static BatchRel setOperation(org.apache.calcite.rel.core.SetOp operation) {
        return new BatchSetOperation(
                operation.getCluster(), traits(operation), inputs(operation), operation.kind, operation.all);
    }

    private static BatchRel values(LogicalValues values) {
        return new BatchValues(values.getCluster(), values.getRowType(), values.getTuples(), traits(values));
    }

    private static List<RelNode> inputs(RelNode rel) {
        List<RelNode> result = new ArrayList<>();
        rel.getInputs().forEach(input -> result.add(typed(convert(input), rel.getRowType())));
        return result;
    }

    /** An input of a set operation, with the operation's types. The validator sees to that itself, but not within values. */
    private static BatchRel typed(BatchRel input, RelDataType wanted) {
        RexBuilder rexBuilder = input.getCluster().getRexBuilder();
        RelDataTypeFactory.Builder types = input.getCluster().getTypeFactory().builder();
        List<RexNode> projects = new ArrayList<>();
        for (RelDataTypeField field : wanted.getFieldList()) {
            RexNode column = RexInputRef.of(field.getIndex(), input.getRowType());
            boolean same = TypeMapping.toDataType(column.getType()).equals(TypeMapping.toDataType(field.getType()));
            RexNode typed = same ? column : rexBuilder.makeAbstractCast(field.getType(), column, false);
            projects.add(typed);
            types.add(field.getName(), typed.getType());
        }
        return RexUtil.isIdentity(projects, input.getRowType())
                ? input
                : new BatchProject(input.getCluster(), traits(input), input, projects, types.build());
    }
}
