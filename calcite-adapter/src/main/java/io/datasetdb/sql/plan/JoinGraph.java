// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Inner joins as a set of factors (whatever is joined) and of conditions over the columns of all of them, which are numbered
 * through. Columns that conditions make equal form classes: within any joined set of factors the members of a class are
 * equal, so that it is enough to compare one from each side.
 */
final class JoinGraph {
    /** A condition other than the equality of two columns. */
    record Condition(RexNode node, long factors, double share) {
        /** Whether the join of these two sets is the first to have all columns. */
        boolean isDecidedBy(long left, long right) {
            return (factors & ~(left | right)) == 0 && (factors & ~left) != 0 && (factors & ~right) != 0;
        }
    }

    /** One bit each. */
    private static final int MAX_FACTORS = 60;

    /** A semi join that lets more than this share of the rows pass is better done last. */
    private static final double WORTH_MOVING = 0.5;

    private final RelOptCluster cluster;
    private final Estimates estimates;
    private final List<RelNode> factors = new ArrayList<>();
    private final List<Integer> factorOf = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<RelDataTypeField> columns = new ArrayList<>();
    private final List<RexNode> conjuncts = new ArrayList<>();
    private final List<BitSet> classes = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();

    JoinGraph(RelOptCluster cluster, Estimates estimates) {
        this.cluster = cluster;
        this.estimates = estimates;
    }

    /** Whether another factor fits. */
    boolean hasRoom() {
        return factors.size() < MAX_FACTORS;
    }

    /** Adds something to join; returns its columns. */
    List<Integer> addFactor(RelNode rel) {
        List<Integer> fields = new ArrayList<>();
        offsets.add(columns.size());
        for (RelDataTypeField field : rel.getRowType().getFieldList()) {
            fields.add(columns.size());
            columns.add(field);
            factorOf.add(factors.size());
        }
        factors.add(rel);
        return fields;
    }

    /**
     * Adds a condition.
     *
     * @param fields which columns its references mean
     */
    void addCondition(RexNode condition, List<Integer> fields) {
        RexNode renumbered = condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return new RexInputRef(fields.get(reference.getIndex()), reference.getType());
            }
        });
        // what all branches of an OR demand stands before it
        conjuncts.addAll(RelOptUtil.conjunctions(RexUtil.pullFactors(cluster.getRexBuilder(), renumbered)));
    }

    /** The joins in the best order found, with these columns. */
    RelNode ordered(List<Integer> fields, RelDataType rowType) {
        classify();
        JoinSearch.Step best = new JoinSearch(this).best();
        Built built = build(best);
        List<RexNode> projects = new ArrayList<>();
        for (int field : fields) {
            projects.add(RexInputRef.of(built.position(this, field), built.rel.getRowType()));
        }
        return RexUtil.isIdentity(projects, built.rel.getRowType())
                ? built.rel
                : LogicalProject.create(built.rel, List.of(), projects, rowType.getFieldNames(), Set.of());
    }

    int size() {
        return factors.size();
    }

    double rows(int factor) {
        return estimates.rows(factors.get(factor));
    }

    List<BitSet> classes() {
        return classes;
    }

    List<Condition> conditions() {
        return conditions;
    }

    int factorOf(int column) {
        return factorOf.get(column);
    }

    double distinct(int column) {
        int factor = factorOf.get(column);
        return estimates.distinct(factors.get(factor), column - offsets.get(factor));
    }

    /** Sorts conditions into equalities, filters of one factor and others. */
    private void classify() {
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : conjuncts) {
            if (isEquality(conjunct)) {
                RexCall call = (RexCall) conjunct;
                unite(
                        ((RexInputRef) call.getOperands().get(0)).getIndex(),
                        ((RexInputRef) call.getOperands().get(1)).getIndex());
            } else {
                rest.add(conjunct);
            }
        }
        List<List<RexNode>> filters = new ArrayList<>();
        factors.forEach(factor -> filters.add(new ArrayList<>()));
        classes.forEach(members -> addEqualityWithin(members, filters));
        for (RexNode conjunct : rest) {
            long used = factorsOf(conjunct);
            if (Long.bitCount(used) <= 1) {
                filters.get(used == 0 ? 0 : Long.numberOfTrailingZeros(used)).add(conjunct);
            } else {
                conditions.add(new Condition(conjunct, used, share(conjunct)));
                addImplied(conjunct, used, filters);
            }
        }
        for (int i = 0; i < factors.size(); i++) {
            if (!filters.get(i).isEmpty()) {
                factors.set(i, filtered(factors.get(i), filters.get(i), offsets.get(i)));
            }
        }
    }

    /** What every branch of an OR demands of one factor, that factor's rows can be spared for in advance. */
    private void addImplied(RexNode conjunct, long used, List<List<RexNode>> filters) {
        if (conjunct.getKind() != SqlKind.OR) {
            return;
        }
        RexBuilder rexBuilder = cluster.getRexBuilder();
        for (int factor = 0; factor < factors.size(); factor++) {
            long only = 1L << factor;
            List<RexNode> branches = new ArrayList<>();
            for (RexNode branch : RelOptUtil.disjunctions(conjunct)) {
                branches.add(RexUtil.composeConjunction(
                        rexBuilder,
                        RelOptUtil.conjunctions(branch).stream()
                                .filter(node -> factorsOf(node) == only)
                                .toList()));
            }
            if ((used & only) != 0 && branches.stream().noneMatch(RexNode::isAlwaysTrue)) {
                filters.get(factor).add(RexUtil.composeDisjunction(rexBuilder, branches));
            }
        }
    }

    /** How much the graph holds, to be able to go back to it. */
    record Mark(int factors, int columns, int conjuncts) {}

    Mark mark() {
        return new Mark(factors.size(), columns.size(), conjuncts.size());
    }

    /** Forgets what came after the mark. */
    void reset(Mark mark) {
        factors.subList(mark.factors, factors.size()).clear();
        offsets.subList(mark.factors, offsets.size()).clear();
        columns.subList(mark.columns, columns.size()).clear();
        factorOf.subList(mark.columns, factorOf.size()).clear();
        conjuncts.subList(mark.conjuncts, conjuncts.size()).clear();
    }

    /**
     * Moves a semi or anti join onto the only factor whose columns it compares, if there is only one and the join spares
     * rows.
     *
     * @param fields which columns the left columns of the join are
     * @param right the other side, in its own order
     * @return whether it was moved
     */
    boolean push(LogicalJoin join, List<Integer> fields, RelNode right) {
        int leftColumns = fields.size();
        RexNode renumbered = join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                int column = index < leftColumns ? fields.get(index) : columns.size() + index - leftColumns;
                return new RexInputRef(column, reference.getType());
            }
        });
        long used = 0;
        for (int column : RelOptUtil.InputFinder.bits(renumbered)) {
            used |= column < columns.size() ? 1L << factorOf(column) : 0;
        }
        if (Long.bitCount(used) != 1) {
            return false;
        }
        int factor = Long.numberOfTrailingZeros(used);
        RelNode target = factors.get(factor);
        int offset = offsets.get(factor);
        int width = target.getRowType().getFieldCount();
        RexNode condition = renumbered.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                int column = index < columns.size() ? index - offset : width + index - columns.size();
                return new RexInputRef(column, reference.getType());
            }
        });
        RelNode moved = LogicalJoin.create(target, right, List.of(), condition, Set.of(), join.getJoinType());
        if (estimates.rows(moved) > WORTH_MOVING * estimates.rows(target)) {
            return false;
        }
        factors.set(factor, moved);
        return true;
    }

    private boolean isEquality(RexNode conjunct) {
        return conjunct.getKind() == SqlKind.EQUALS
                && ((RexCall) conjunct).getOperands().get(0) instanceof RexInputRef left
                && ((RexCall) conjunct).getOperands().get(1) instanceof RexInputRef right
                && factorOf(left.getIndex()) != factorOf(right.getIndex())
                && SqlTypeUtil.equalSansNullability(cluster.getTypeFactory(), left.getType(), right.getType());
    }

    private void unite(int left, int right) {
        BitSet united = new BitSet();
        united.set(left);
        united.set(right);
        classes.removeIf(members -> {
            boolean shared = members.get(left) || members.get(right);
            if (shared) {
                united.or(members);
            }
            return shared;
        });
        classes.add(united);
    }

    /** Members of a class in one factor are equal too. */
    private void addEqualityWithin(BitSet members, List<List<RexNode>> filters) {
        int[] first = new int[factors.size()];
        java.util.Arrays.fill(first, -1);
        for (int column = members.nextSetBit(0); column >= 0; column = members.nextSetBit(column + 1)) {
            int factor = factorOf(column);
            if (first[factor] < 0) {
                first[factor] = column;
            } else {
                filters.get(factor).add(equality(reference(first[factor]), reference(column)));
            }
        }
    }

    private RexNode equality(RexNode left, RexNode right) {
        return cluster.getRexBuilder().makeCall(SqlStdOperatorTable.EQUALS, left, right);
    }

    private RexInputRef reference(int column) {
        return new RexInputRef(column, columns.get(column).getType());
    }

    private long factorsOf(RexNode node) {
        long used = 0;
        for (int column : RelOptUtil.InputFinder.bits(node)) {
            used |= 1L << factorOf(column);
        }
        return used;
    }

    /** Equality of expressions is as likely as the larger number of different values says, others as usual. */
    private double share(RexNode conjunct) {
        if (Selectivity.equalColumns(conjunct).isPresent()) {
            int[] equal = Selectivity.equalColumns(conjunct).get();
            return 1 / Math.max(distinct(equal[0]), distinct(equal[1]));
        }
        return switch (conjunct.getKind()) {
            case EQUALS -> 0.01;
            case NOT_EQUALS -> 0.9;
            default -> 1.0 / 3;
        };
    }

    private RelNode filtered(RelNode factor, List<RexNode> nodes, int offset) {
        RexBuilder rexBuilder = cluster.getRexBuilder();
        RexNode condition = RexUtil.composeConjunction(rexBuilder, nodes);
        return LogicalFilter.create(factor, RexUtil.shift(condition, -offset));
    }

    /** A joined set of factors and in which order their columns stand. */
    private record Built(RelNode rel, List<Integer> order) {
        int position(JoinGraph graph, int column) {
            int position = 0;
            for (int factor : order) {
                if (factor == graph.factorOf(column)) {
                    return position + column - graph.offsets.get(factor);
                }
                position += graph.factors.get(factor).getRowType().getFieldCount();
            }
            throw new IllegalStateException("no factor has column " + column);
        }
    }

    private Built build(JoinSearch.Step step) {
        if (step.left() == null || step.right() == null) {
            int factor = Long.numberOfTrailingZeros(step.factors());
            return new Built(factors.get(factor), List.of(factor));
        }
        Built left = build(step.left());
        Built right = build(step.right());
        List<Integer> order = new ArrayList<>(left.order);
        order.addAll(right.order);
        List<RexNode> nodes = new ArrayList<>();
        for (BitSet members : classes) {
            int one = memberIn(members, step.left().factors());
            int other = memberIn(members, step.right().factors());
            if (one >= 0 && other >= 0) {
                nodes.add(equality(reference(one), reference(other)));
            }
        }
        for (Condition condition : conditions) {
            if (condition.isDecidedBy(step.left().factors(), step.right().factors())) {
                nodes.add(condition.node);
            }
        }
        Built columnsOf = new Built(left.rel, order);
        RexNode condition = RexUtil.composeConjunction(cluster.getRexBuilder(), nodes)
                .accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef reference) {
                        int position = columnsOf.position(JoinGraph.this, reference.getIndex());
                        return new RexInputRef(position, reference.getType());
                    }
                });
        RelNode join = LogicalJoin.create(left.rel, right.rel, List.of(), condition, Set.of(), JoinRelType.INNER);
        return new Built(join, order);
    }

    /** A member of a class among the columns of some factors, -1 if there is none. */
    int memberIn(BitSet members, long set) {
        for (int column = members.nextSetBit(0); column >= 0; column = members.nextSetBit(column + 1)) {
            if ((set >>> factorOf(column) & 1) != 0) {
                return column;
            }
        }
        return -1;
    }
}
