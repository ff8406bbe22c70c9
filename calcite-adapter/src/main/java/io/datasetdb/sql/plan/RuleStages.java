// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.Settings;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.ProjectToWindowRule;
import org.apache.calcite.rel.rules.ProjectWindowTransposeRule;
import org.apache.calcite.rel.rules.ReduceExpressionsRule;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rel.rules.UnionMergeRule;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The rewriting of algebra, in stages of few, whitelisted rules: Calcite has others that give wrong rows, so a rule enters
 * here only together with the differential tests' consent. Rules are made of their configurations: to name one of Calcite's
 * catalogue of all rules makes all of them, a tenth of what a first statement takes.
 */
enum RuleStages {
    /** Sub-query expressions become correlated joins, which decorrelation then unties. */
    SUB_QUERIES(
            HepMatchOrder.BOTTOM_UP,
            List.of(
                    // Before decorrelation, which would take a window for a plain projection and lose its partitions.
                    Rules.PROJECT_TO_WINDOW,
                    SubQueryRemoveRule.Config.FILTER.toRule(),
                    SubQueryRemoveRule.Config.PROJECT.toRule(),
                    SubQueryRemoveRule.Config.JOIN.toRule())),
    /** Filters move down, constants fold, windows become nodes. */
    REWRITE(
            HepMatchOrder.BOTTOM_UP,
            List.of(
                    Rules.PROJECT_TO_WINDOW,
                    Rules.FILTER_REDUCE_EXPRESSIONS,
                    ReduceExpressionsRule.ProjectReduceExpressionsRule.ProjectReduceExpressionsRuleConfig.DEFAULT
                            .toRule(),
                    FilterMergeRule.Config.DEFAULT.toRule(),
                    FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT.toRule(),
                    FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT.toRule(),
                    Rules.FILTER_PROJECT_TRANSPOSE,
                    Rules.FILTER_AGGREGATE_TRANSPOSE,
                    FilterSetOpTransposeRule.Config.DEFAULT.toRule(),
                    Rules.PROJECT_MERGE,
                    ProjectRemoveRule.Config.DEFAULT.toRule(),
                    // Trimming stops at windows, which would sort all columns of their input.
                    Rules.PROJECT_WINDOW_TRANSPOSE,
                    UnionMergeRule.Config.DEFAULT.toRule())),
    /** What trimming leaves behind. */
    CLEAN_UP(
            HepMatchOrder.BOTTOM_UP,
            List.of(
                    Rules.FILTER_PROJECT_TRANSPOSE,
                    Rules.PROJECT_MERGE,
                    ProjectRemoveRule.Config.DEFAULT.toRule(),
                    FilterMergeRule.Config.DEFAULT.toRule()));

    /** Calcite's rules where they are right; without these conditions they are not. */
    private static final class Rules {
        static final RelOptRule PROJECT_TO_WINDOW =
                ProjectToWindowRule.ProjectToLogicalProjectAndWindowRule.ProjectToLogicalProjectAndWindowRuleConfig
                        .DEFAULT
                        .toRule();

        private static final int MAX_ALTERNATIVES = 50;

        /** Not under a grouping by nothing, which has a row even if no row passes. */
        static final RelOptRule FILTER_AGGREGATE_TRANSPOSE = FilterAggregateTransposeRule.Config.DEFAULT
                .withOperandSupplier(filter -> filter.operand(Filter.class)
                        .oneInput(aggregate -> aggregate
                                .operand(Aggregate.class)
                                .predicate(node -> node.getGroupSets().stream().noneMatch(ImmutableBitSet::isEmpty))
                                .anyInputs()))
                .as(FilterAggregateTransposeRule.Config.class)
                .toRule();

        /** Not of many alternatives: its time grows with more than the square of their number. */
        static final RelOptRule FILTER_REDUCE_EXPRESSIONS =
                ReduceExpressionsRule.FilterReduceExpressionsRule.FilterReduceExpressionsRuleConfig.DEFAULT
                        .withOperandSupplier(filter -> filter.operand(LogicalFilter.class)
                                .predicate(node -> RelOptUtil.disjunctions(node.getCondition())
                                                .size()
                                        <= MAX_ALTERNATIVES)
                                .anyInputs())
                        .as(ReduceExpressionsRule.FilterReduceExpressionsRule.FilterReduceExpressionsRuleConfig.class)
                        .toRule();

        /** Not where a call that answers differently each time would be copied. */
        static final RelOptRule PROJECT_MERGE = ProjectMergeRule.Config.DEFAULT
                .withOperandSupplier(above -> above.operand(Project.class)
                        .oneInput(below -> below.operand(Project.class)
                                .predicate(Rules::isDeterministic)
                                .anyInputs()))
                .as(ProjectMergeRule.Config.class)
                .toRule();

        static final RelOptRule FILTER_PROJECT_TRANSPOSE = FilterProjectTransposeRule.Config.DEFAULT
                .withOperandSupplier(filter -> filter.operand(Filter.class)
                        .predicate(node -> !RexUtil.containsCorrelation(node.getCondition()))
                        .oneInput(project -> project.operand(Project.class)
                                .predicate(node -> !node.containsOver() && isDeterministic(node))
                                .anyInputs()))
                .as(FilterProjectTransposeRule.Config.class)
                .toRule();

        /** Not where no column is read at all, of which it makes a projection to nothing and fails. */
        static final RelOptRule PROJECT_WINDOW_TRANSPOSE = ProjectWindowTransposeRule.Config.DEFAULT
                .withOperandSupplier(project -> project.operand(LogicalProject.class)
                        .predicate(Rules::readsColumns)
                        .oneInput(window -> window.operand(LogicalWindow.class).anyInputs()))
                .as(ProjectWindowTransposeRule.Config.class)
                .toRule();

        private static boolean readsColumns(Project project) {
            if (!(project.getInput().stripped() instanceof Window window)) {
                return false;
            }
            int columns = window.getInput().getRowType().getFieldCount();
            RelOptUtil.InputFinder reads = new RelOptUtil.InputFinder();
            reads.visitEach(project.getProjects());
            window.groups.forEach(group -> reads.visitEach(group.aggCalls));
            int first = reads.build().nextSetBit(0);
            return first >= 0 && first < columns
                    || window.groups.stream()
                            .anyMatch(group -> !group.keys.isEmpty()
                                    || !group.orderKeys.getFieldCollations().isEmpty());
        }

        private static boolean isDeterministic(Project project) {
            return project.getProjects().stream().allMatch(RexUtil::isDeterministic);
        }
    }

    private static final int MATCH_LIMIT = 20_000;

    private final HepProgram program;

    RuleStages(HepMatchOrder order, List<RelOptRule> rules) {
        HepProgramBuilder builder = new HepProgramBuilder().addMatchOrder(order).addMatchLimit(MATCH_LIMIT);
        program = builder.addRuleCollection(rules).build();
    }

    RelNode apply(RelNode rel) {
        // A tree, not a graph: decorrelation confuses two scans of one dataset if they are the same node.
        HepPlanner planner = new HepPlanner(program, Contexts.empty(), true, null, RelOptCostImpl.FACTORY);
        planner.setExecutor(rel.getCluster().getPlanner().getExecutor());
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    /** A cluster for one statement, which knows the settings; folding of constants uses our own kernels. */
    static RelOptCluster newCluster(RexBuilder rexBuilder, Settings settings) {
        HepPlanner planner = new HepPlanner(new HepProgramBuilder().build(), Contexts.of(settings));
        planner.setExecutor(new ConstantFolder());
        return RelOptCluster.create(planner, rexBuilder);
    }

    /** Whether an optimization is on in the statement that a node belongs to. */
    static boolean uses(RelNode rel, Optimization optimization) {
        return rel.getCluster()
                .getPlanner()
                .getContext()
                .unwrapOrThrow(Settings.class)
                .uses(optimization);
    }

    /** Its projections stay apart: it would merge them without regard to calls that answer differently each time. */
    static RelBuilder builder(RelOptCluster cluster) {
        RelBuilder.Config config = RelBuilder.Config.DEFAULT.withBloat(-1);
        return RelBuilder.proto(Contexts.of(config)).create(cluster, null);
    }

    /** Leaves out the columns that nothing above needs. */
    static RelNode trim(RelOptCluster cluster, RelNode rel) {
        return new RelFieldTrimmer(null, builder(cluster)).trim(rel);
    }
}
