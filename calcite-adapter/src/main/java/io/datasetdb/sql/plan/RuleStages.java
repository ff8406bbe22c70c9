// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;

/**
 * The rewriting of algebra, in stages of few, whitelisted rules: Calcite has others that give wrong rows, so a rule enters
 * here only together with the differential tests' consent.
 */
enum RuleStages {
    /** Sub-query expressions become correlated joins, which decorrelation then unties. */
    SUB_QUERIES(
            HepMatchOrder.BOTTOM_UP,
            List.of(
                    CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
                    CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
                    CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)),
    /** Filters move down, constants fold, windows become nodes. */
    REWRITE(
            HepMatchOrder.BOTTOM_UP,
            List.of(
                    CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW,
                    CoreRules.FILTER_REDUCE_EXPRESSIONS,
                    CoreRules.PROJECT_REDUCE_EXPRESSIONS,
                    CoreRules.FILTER_MERGE,
                    CoreRules.FILTER_INTO_JOIN,
                    CoreRules.JOIN_CONDITION_PUSH,
                    CoreRules.FILTER_PROJECT_TRANSPOSE,
                    CoreRules.FILTER_AGGREGATE_TRANSPOSE,
                    CoreRules.FILTER_SET_OP_TRANSPOSE,
                    CoreRules.PROJECT_MERGE,
                    CoreRules.PROJECT_REMOVE,
                    CoreRules.UNION_MERGE)),
    /** What trimming leaves behind. */
    CLEAN_UP(
            HepMatchOrder.BOTTOM_UP,
            List.of(CoreRules.PROJECT_MERGE, CoreRules.PROJECT_REMOVE, CoreRules.FILTER_MERGE));

    private static final int MATCH_LIMIT = 20_000;

    private final HepProgram program;

    RuleStages(HepMatchOrder order, List<RelOptRule> rules) {
        HepProgramBuilder builder = new HepProgramBuilder().addMatchOrder(order).addMatchLimit(MATCH_LIMIT);
        program = builder.addRuleCollection(rules).build();
    }

    RelNode apply(RelNode rel) {
        HepPlanner planner = new HepPlanner(program, Contexts.empty());
        planner.setExecutor(rel.getCluster().getPlanner().getExecutor());
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    /** A cluster for one statement; folding of constants uses our own kernels. */
    static RelOptCluster newCluster(RexBuilder rexBuilder) {
        HepPlanner planner = new HepPlanner(new HepProgramBuilder().build(), Contexts.empty());
        planner.setExecutor(new ConstantFolder());
        return RelOptCluster.create(planner, rexBuilder);
    }

    static RelBuilder builder(RelOptCluster cluster) {
        return RelFactories.LOGICAL_BUILDER.create(cluster, null);
    }

    /** Leaves out the columns that nothing above needs. */
    static RelNode trim(RelOptCluster cluster, RelNode rel) {
        return new RelFieldTrimmer(null, builder(cluster)).trim(rel);
    }
}
