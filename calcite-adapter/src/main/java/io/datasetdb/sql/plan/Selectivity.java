// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.datasetdb.store.ColumnStatistics;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.Sarg;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** The share of a step's rows for which a condition is TRUE, from 0 to 1. */
final class Selectivity {
    private static final double RANGE = 1.0 / 3;
    private static final double PATTERN = 0.1;
    private static final double ANYTHING = 0.25;

    private final Estimates estimates;

    Selectivity(Estimates estimates) {
        this.estimates = estimates;
    }

    /**
     * @param rel the step over whose columns the condition is; of a join, all columns of both sides
     */
    double of(RexNode condition, RelNode rel) {
        if (condition.isAlwaysTrue()) {
            return 1;
        }
        if (condition.isAlwaysFalse()) {
            return 0;
        }
        return condition instanceof RexCall call ? of(call, rel) : 0.5;
    }

    private double of(RexCall call, RelNode rel) {
        SqlKind kind = call.getKind();
        return switch (kind) {
            case AND ->
                call.getOperands().stream()
                        .mapToDouble(operand -> of(operand, rel))
                        .reduce(1, (a, b) -> a * b);
            case OR ->
                1
                        - call.getOperands().stream()
                                .mapToDouble(operand -> 1 - of(operand, rel))
                                .reduce(1, (a, b) -> a * b);
            case NOT -> 1 - of(call.getOperands().get(0), rel);
            case EQUALS, IS_NOT_DISTINCT_FROM -> equality(call, rel);
            case NOT_EQUALS, IS_DISTINCT_FROM -> 1 - equality(call, rel);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> comparison(call, rel);
            case SEARCH -> search(call, rel);
            case IS_NULL -> nulls(call, rel);
            case IS_NOT_NULL -> 1 - nulls(call, rel);
            case LIKE, SIMILAR, RLIKE -> PATTERN;
            default -> ANYTHING;
        };
    }

    /** The two columns of {@code a = b}, the smaller ordinal first. */
    static Optional<int[]> equalColumns(RexNode condition) {
        if (condition.getKind() == SqlKind.IS_NOT_FALSE) {
            return equalColumns(((RexCall) condition).getOperands().get(0));
        }
        if (condition instanceof RexCall call
                && (call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM)
                && call.getOperands().get(0) instanceof RexInputRef left
                && call.getOperands().get(1) instanceof RexInputRef right) {
            return Optional.of(
                    new int[] {Math.min(left.getIndex(), right.getIndex()), Math.max(left.getIndex(), right.getIndex())
                    });
        }
        return Optional.empty();
    }

    private double equality(RexCall call, RelNode rel) {
        double most = 1;
        boolean found = false;
        for (RexNode operand : call.getOperands()) {
            if (operand instanceof RexInputRef reference) {
                most = Math.max(most, column(rel, reference.getIndex()));
                found = true;
            }
        }
        return found ? 1 / most : PATTERN;
    }

    private double column(RelNode rel, int column) {
        boolean right = rel instanceof Join join && column >= leftColumns(join);
        return estimates.distinct(side(rel, column), right ? column - leftColumns((Join) rel) : column);
    }

    /** Where a column comes from: of a join the one side, whose rows are known without this condition. */
    private static RelNode side(RelNode rel, int column) {
        if (rel instanceof Join join) {
            return column < leftColumns(join) ? join.getLeft() : join.getRight();
        }
        return rel;
    }

    private static int leftColumns(Join join) {
        return join.getLeft().getRowType().getFieldCount();
    }

    private double comparison(RexCall call, RelNode rel) {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        boolean flipped = left instanceof RexLiteral;
        RexNode literal = flipped ? left : right;
        if (!((flipped ? right : left) instanceof RexInputRef reference) || !(literal instanceof RexLiteral bound)) {
            return RANGE;
        }
        double value = number(bound);
        boolean below = call.getKind() == SqlKind.LESS_THAN || call.getKind() == SqlKind.LESS_THAN_OR_EQUAL;
        return below != flipped
                ? share(rel, reference, Double.NEGATIVE_INFINITY, value)
                : share(rel, reference, value, Double.POSITIVE_INFINITY);
    }

    private <C extends Comparable<C>> double search(RexCall call, RelNode rel) {
        if (!(call.getOperands().get(0) instanceof RexInputRef reference)) {
            return ANYTHING;
        }
        @SuppressWarnings("unchecked")
        Sarg<C> sarg = (Sarg<C>) ((RexLiteral) call.getOperands().get(1)).getValue();
        double values = column(rel, reference.getIndex());
        if (sarg == null) {
            return ANYTHING;
        }
        if (sarg.isComplementedPoints()) {
            return Math.max(0, 1 - sarg.negate().pointCount / values);
        }
        double share = 0;
        for (Range<C> range : sarg.rangeSet.asRanges()) {
            boolean point = range.hasLowerBound()
                    && range.hasUpperBound()
                    && range.lowerBoundType() == BoundType.CLOSED
                    && range.lowerEndpoint().equals(range.upperEndpoint());
            share += point
                    ? 1 / values
                    : share(
                            rel,
                            reference,
                            range.hasLowerBound() ? number(range.lowerEndpoint()) : Double.NEGATIVE_INFINITY,
                            range.hasUpperBound() ? number(range.upperEndpoint()) : Double.POSITIVE_INFINITY);
        }
        return Math.min(1, share);
    }

    /** The share of values between two bounds, of which one may be infinite and either unknown (NaN). */
    private double share(RelNode rel, RexInputRef column, double from, double to) {
        Optional<ColumnStatistics> known = estimates.statistics(rel, column.getIndex());
        double min = known.map(statistics -> number(statistics.min())).orElse(Double.NaN);
        double max = known.map(statistics -> number(statistics.max())).orElse(Double.NaN);
        if (Double.isNaN(min + max) || Double.isNaN(from) || Double.isNaN(to)) {
            return Double.isInfinite(from) || Double.isInfinite(to) ? RANGE : RANGE * RANGE;
        }
        if (max <= min) {
            return from <= min && min <= to ? 1 : 0;
        }
        double share = (Math.min(to, max) - Math.max(from, min)) / (max - min);
        return Math.min(1, Math.max(share, 1 / estimates.rows(side(rel, column.getIndex()))));
    }

    private double nulls(RexCall call, RelNode rel) {
        if (call.getOperands().get(0) instanceof RexInputRef reference) {
            Optional<ColumnStatistics> known = estimates.statistics(rel, reference.getIndex());
            if (known.isPresent() && known.get().nullCount() >= 0) {
                return Math.min(1, known.get().nullCount() / estimates.rows(side(rel, reference.getIndex())));
            }
        }
        return PATTERN;
    }

    /** Where a value stands on a line of numbers, NaN for what has no place there. */
    private static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof DateString date) {
            return date.getDaysSinceEpoch();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof Instant time) {
            return time.toEpochMilli();
        }
        if (value instanceof TimestampString time) {
            return time.getMillisSinceEpoch();
        }
        return Double.NaN;
    }

    private static double number(RexLiteral literal) {
        return switch (literal.getType().getSqlTypeName().getFamily() == null
                ? SqlTypeFamily.ANY
                : literal.getType().getSqlTypeName().getFamily()) {
            case NUMERIC, EXACT_NUMERIC, APPROXIMATE_NUMERIC -> number(literal.getValueAs(BigDecimal.class));
            case DATE -> number(literal.getValueAs(DateString.class));
            case TIMESTAMP -> number(literal.getValueAs(TimestampString.class));
            default -> Double.NaN;
        };
    }
}
