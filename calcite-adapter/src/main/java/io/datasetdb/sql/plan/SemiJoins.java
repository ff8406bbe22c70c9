// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttle;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Makes semi joins of {@code WHERE EXISTS} and {@code WHERE … IN} and anti joins of {@code WHERE NOT EXISTS}: what a
 * sub-query compares with the outer row becomes the condition of the join. General decorrelation would join the outer
 * query's own rows a second time to find out which values to ask for. {@code NOT IN} a list that is the same for all rows
 * becomes an anti join on the equality not being FALSE, as NULLs decide there. What is not of this form stays as it is.
 */
final class SemiJoins {
    private SemiJoins() {}

    static RelNode apply(RelNode rel) {
        RelShuttle shuttle = new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(LogicalFilter filter) {
                return rewrite((LogicalFilter) super.visit(filter));
            }
        };
        return rel.accept(shuttle);
    }

    private static RelNode rewrite(LogicalFilter filter) {
        RelNode left = filter.getInput();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            Optional<RelNode> joined = joined(left, filter.getVariablesSet(), conjunct);
            if (joined.isPresent()) {
                left = joined.get();
            } else {
                rest.add(conjunct);
            }
        }
        if (left.equals(filter.getInput())) {
            return filter;
        }
        RexNode condition = RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), rest);
        if (condition.isAlwaysTrue()) {
            return left;
        }
        boolean correlated = filter.getVariablesSet().stream().anyMatch(id -> uses(condition, id));
        return LogicalFilter.create(
                left,
                condition,
                correlated
                        ? com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet())
                        : com.google.common.collect.ImmutableSet.of());
    }

    private static boolean uses(RexNode node, CorrelationId id) {
        boolean[] found = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                found[0] |= variable.id.equals(id);
                return variable;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                found[0] |= RelOptUtil.getVariablesUsed(subQuery.rel).contains(id);
                return super.visitSubQuery(subQuery);
            }
        });
        return found[0];
    }

    private static Optional<RelNode> joined(RelNode left, Set<CorrelationId> variables, RexNode conjunct) {
        boolean negated = conjunct.getKind() == SqlKind.NOT;
        RexNode inner = negated ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
        if (!(inner instanceof RexSubQuery subQuery)) {
            return Optional.empty();
        }
        boolean exists = subQuery.getKind() == SqlKind.EXISTS;
        boolean in = subQuery.getKind() == SqlKind.IN;
        if (!exists && !in
                || in && negated && !isSingleList(subQuery)
                || variables.size() > 1
                || !subQuery.getOperands().stream().allMatch(SemiJoins::isPlain)) {
            return Optional.empty();
        }
        RelNode right = apply(subQuery.rel);
        CorrelationId variable =
                variables.isEmpty() ? null : variables.iterator().next();
        return PulledUp.of(right, variable).map(pulled -> {
            RexBuilder rexBuilder = left.getCluster().getRexBuilder();
            List<RexNode> conditions = new ArrayList<>(pulled.conditions(left));
            int columns = left.getRowType().getFieldCount();
            for (int i = 0; in && i < subQuery.getOperands().size(); i++) {
                RexInputRef field = RexInputRef.of(i, pulled.rel().getRowType());
                RexNode equality = rexBuilder.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        subQuery.getOperands().get(i),
                        new RexInputRef(columns + i, field.getType()));
                boolean mayBeUnknown = negated && equality.getType().isNullable();
                conditions.add(
                        mayBeUnknown ? rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, equality) : equality);
            }
            return LogicalJoin.create(
                    left,
                    pulled.rel(),
                    List.of(),
                    RexUtil.composeConjunction(rexBuilder, conditions),
                    Set.of(),
                    negated ? JoinRelType.ANTI : JoinRelType.SEMI);
        });
    }

    /** One value, and a list that does not depend on the row: what is told by hash although NULLs decide, too. */
    private static boolean isSingleList(RexSubQuery subQuery) {
        return subQuery.getOperands().size() == 1
                && RelOptUtil.getVariablesUsed(subQuery.rel).isEmpty();
    }

    /** Whether an expression may be evaluated in the condition of a join. */
    private static boolean isPlain(RexNode node) {
        boolean[] plain = {RexUtil.isDeterministic(node)};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                plain[0] = false;
                return subQuery;
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                plain[0] &= !(access.getReferenceExpr() instanceof RexCorrelVariable);
                return super.visitFieldAccess(access);
            }
        });
        return plain[0];
    }
}
