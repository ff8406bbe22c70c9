// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.store.ColumnStatistics;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * How many rows a step yields and how many different values its columns have, estimated from what is known about
 * the stored columns, on the usual assumptions: columns are independent, values evenly spread, and the smaller of two joined
 * sets of keys is part of the larger. Never less than 1.
 */
final class Estimates {
    private static final double UNKNOWN_ROWS = 1000;
    private static final double UNKNOWN_ELEMENTS = 10;

    private final Map<RelNode, Double> known = new IdentityHashMap<>();
    private final Selectivity selectivity = new Selectivity(this);

    double rows(RelNode rel) {
        Double rows = known.get(rel);
        if (rows == null) {
            rows = Math.max(1, estimate(rel));
            known.put(rel, rows);
        }
        return rows;
    }

    private double estimate(RelNode rel) {
        if (rel instanceof BatchScan scan && !scan.conditions().isEmpty()) {
            return filtered(scan);
        }
        if (rel instanceof TableScan scan) {
            return table(scan)
                    .map(BatchTable::rowCount)
                    .filter(rows -> rows >= 0)
                    .map(Long::doubleValue)
                    .orElse(UNKNOWN_ROWS);
        }
        if (rel instanceof Filter filter) {
            return rows(filter.getInput()) * selectivity.of(filter.getCondition(), filter.getInput());
        }
        if (rel instanceof Aggregate aggregate) {
            return groups(aggregate);
        }
        if (rel instanceof Join join) {
            return joined(join);
        }
        if (rel instanceof Sort sort) {
            double rows = rows(sort.getInput());
            return sort.fetch instanceof RexLiteral limit ? Math.min(rows, RexLiteral.intValue(limit)) : rows;
        }
        if (rel instanceof Union union) {
            return union.getInputs().stream().mapToDouble(this::rows).sum();
        }
        if (rel instanceof BatchSeries || rel instanceof Uncollect) {
            return rows(rel.getInput(0)) * BatchSeries.size(rel).orElse(UNKNOWN_ELEMENTS);
        }
        if (rel instanceof Values values) {
            return values.getTuples().size();
        }
        List<RelNode> inputs = rel.getInputs();
        return inputs.isEmpty() ? UNKNOWN_ROWS : rows(inputs.get(0));
    }

    private double filtered(BatchScan scan) {
        BatchScan all = scan.unfiltered();
        double rows = rows(all);
        for (RexNode condition : scan.conditions()) {
            rows *= selectivity.of(condition, all);
        }
        return rows;
    }

    private double groups(Aggregate aggregate) {
        if (aggregate.getGroupSet().isEmpty()) {
            return 1;
        }
        double rows = rows(aggregate.getInput());
        double groups = 1;
        for (int key : aggregate.getGroupSet()) {
            groups *= distinct(aggregate.getInput(), key);
        }
        return Math.min(rows, groups) * aggregate.getGroupSets().size();
    }

    private double joined(Join join) {
        double left = rows(join.getLeft());
        double right = rows(join.getRight());
        double pairs = left * right * selectivity.of(join.getCondition(), join);
        return switch (join.getJoinType()) {
            case INNER, ASOF -> pairs;
            case LEFT, LEFT_ASOF -> Math.max(left, pairs);
            case RIGHT -> Math.max(right, pairs);
            case FULL -> Math.max(left + right, pairs);
            case SEMI -> left * matchedShare(join);
            case ANTI -> left * Math.max(0.1, 1 - matchedShare(join));
            case LEFT_MARK -> left;
        };
    }

    /** The share of left rows that have a match. */
    double matchedShare(Join join) {
        double share = 1;
        double left = rows(join.getLeft());
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            Optional<int[]> equal = Selectivity.equalColumns(conjunct);
            int columns = join.getLeft().getRowType().getFieldCount();
            if (equal.isPresent() && equal.get()[0] < columns && equal.get()[1] >= columns) {
                double there = distinct(join.getRight(), equal.get()[1] - columns);
                share = Math.min(share, there / Math.max(there, distinct(join.getLeft(), equal.get()[0])));
            }
        }
        return Math.min(1, Math.max(share, 1 / left));
    }

    /** How many different values a column has. */
    double distinct(RelNode rel, int column) {
        return Math.max(1, Math.min(rows(rel), distinctBelow(rel, column)));
    }

    private double distinctBelow(RelNode rel, int column) {
        if (rel instanceof TableScan) {
            return statistics(rel, column)
                    .map(ColumnStatistics::distinctEstimate)
                    .filter(count -> count >= 0)
                    .map(Long::doubleValue)
                    .orElse(rows(rel));
        }
        if (rel instanceof Project project) {
            return distinctOf(project.getProjects().get(column), project.getInput());
        }
        if (rel instanceof Join join) {
            return distinctOfJoin(join, column);
        }
        if (rel instanceof Aggregate aggregate) {
            return column < aggregate.getGroupCount()
                    ? distinct(aggregate.getInput(), aggregate.getGroupSet().nth(column))
                    : rows(rel);
        }
        boolean passes = rel.getInputs().size() == 1
                && column < rel.getInput(0).getRowType().getFieldCount();
        if (passes) {
            double below = distinct(rel.getInput(0), column);
            // how many of that many values so many of the rows are expected to hit
            return below * -Math.expm1(-rows(rel) / below);
        }
        return rows(rel);
    }

    private double distinctOfJoin(Join join, int column) {
        int columns = join.getLeft().getRowType().getFieldCount();
        if (column >= columns) {
            return column - columns < join.getRight().getRowType().getFieldCount()
                    ? distinct(join.getRight(), column - columns)
                    : 2;
        }
        double values = distinct(join.getLeft(), column);
        if (join.getJoinType() == JoinRelType.SEMI) {
            for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
                int[] equal = Selectivity.equalColumns(conjunct).orElse(new int[] {-1, -1});
                if (equal[0] == column && equal[1] >= columns) {
                    values = Math.min(values, distinct(join.getRight(), equal[1] - columns));
                }
            }
        }
        return values;
    }

    private double distinctOf(RexNode expression, RelNode input) {
        if (expression instanceof RexInputRef reference) {
            return distinct(input, reference.getIndex());
        }
        double[] product = {1};
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef reference) {
                product[0] *= distinct(input, reference.getIndex());
                return null;
            }
        });
        return product[0];
    }

    /** What is known about the stored column that a column passes on unchanged. */
    Optional<ColumnStatistics> statistics(RelNode rel, int column) {
        if (rel instanceof TableScan scan) {
            String name = scan.getRowType().getFieldNames().get(column);
            return table(scan).flatMap(table -> table.statistics(name));
        }
        if (rel instanceof Project project) {
            return project.getProjects().get(column) instanceof RexInputRef reference
                    ? statistics(project.getInput(), reference.getIndex())
                    : Optional.empty();
        }
        if (rel instanceof Join join) {
            int columns = join.getLeft().getRowType().getFieldCount();
            if (column < columns) {
                return statistics(join.getLeft(), column);
            }
            return join.getJoinType() == JoinRelType.LEFT_MARK
                    ? Optional.empty()
                    : statistics(join.getRight(), column - columns);
        }
        if (rel instanceof Aggregate aggregate) {
            return column < aggregate.getGroupCount()
                    ? statistics(aggregate.getInput(), aggregate.getGroupSet().nth(column))
                    : Optional.empty();
        }
        return rel instanceof Filter || rel instanceof Sort || rel instanceof Shared
                ? statistics(rel.getInput(0), column)
                : Optional.empty();
    }

    private static Optional<BatchTable> table(TableScan scan) {
        return Optional.ofNullable(scan.getTable().unwrap(BatchTable.class));
    }
}
