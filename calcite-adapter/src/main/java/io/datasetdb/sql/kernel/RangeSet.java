// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a value lies in one of some ranges with constant bounds (Calcite's SEARCH, BETWEEN). Order is {@link ValueOrder}'s. */
public final class RangeSet implements Expression {
    /** What the test says of NULL. */
    public enum NullAs {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /**
     * One range.
     *
     * @param low the lower bound as the Java type that {@link DataType} lists, {@code null} for none
     * @param high the upper bound, {@code null} for none
     */
    public record Range(
            @Nullable Object low,
            boolean lowInclusive,
            @Nullable Object high,
            boolean highInclusive) {
        /** Just this value. */
        public static Range point(Object value) {
            return new Range(value, true, value, true);
        }
    }

    private final Expression value;
    private final List<Matching.Matcher> ranges;
    private final NullAs nullAs;

    private RangeSet(Expression value, List<Matching.Matcher> ranges, NullAs nullAs) {
        this.value = value;
        this.ranges = ranges;
        this.nullAs = nullAs;
    }

    /** @param ranges disjoint or not, in any order; none at all is never TRUE */
    public static Expression of(Expression value, List<Range> ranges, NullAs nullAs) {
        List<@Nullable Object> points = new ArrayList<>();
        List<Matching.Matcher> matchers = new ArrayList<>();
        for (Range range : ranges) {
            if (range.low() != null
                    && range.low().equals(range.high())
                    && range.lowInclusive()
                    && range.highInclusive()) {
                points.add(range.low());
            } else {
                matchers.add(matcher(range, value.type()));
            }
        }
        if (matchers.isEmpty() && !points.isEmpty() && nullAs == NullAs.UNKNOWN) {
            return InSet.of(value, points, false);
        }
        if (!points.isEmpty()) {
            matchers.add(InSet.matcher(points, value.type()));
        }
        return new RangeSet(value, List.copyOf(matchers), nullAs);
    }

    private static Matching.Matcher matcher(Range range, DataType type) {
        Comparison.Operator lower =
                range.lowInclusive() ? Comparison.Operator.GREATER_OR_EQUAL : Comparison.Operator.GREATER;
        Comparison.Operator upper =
                range.highInclusive() ? Comparison.Operator.LESS_OR_EQUAL : Comparison.Operator.LESS;
        Vector low = range.low() == null ? null : VectorBuilder.vector(type, range.low());
        Vector high = range.high() == null ? null : VectorBuilder.vector(type, range.high());
        if (low == null && high == null) {
            return (flat, selection) -> selection;
        }
        if (high == null) {
            Vector bound = Objects.requireNonNull(low);
            return (flat, selection) -> ConstantComparison.match(lower, flat, bound, selection);
        }
        if (low == null) {
            return (flat, selection) -> ConstantComparison.match(upper, flat, high, selection);
        }
        return (flat, selection) ->
                ConstantComparison.match(upper, flat, high, ConstantComparison.match(lower, flat, low, selection));
    }

    private Selection match(Vector flat, Selection selection) {
        if (ranges.size() == 1) {
            return ranges.get(0).match(flat, selection);
        }
        Selection rest = selection;
        for (Matching.Matcher range : ranges) {
            rest = Selections.minus(rest, range.match(flat, rest));
        }
        return Selections.minus(selection, rest);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        return filter(value.evaluate(batch, selection, bindings), selection);
    }

    private Selection filter(Vector vector, Selection selection) {
        Selection hits = Matching.filter(vector, selection, this::match);
        if (nullAs != NullAs.TRUE || !vector.mayHaveNulls()) {
            return hits;
        }
        Selection misses = Selections.minus(Selections.valid(selection, vector.validity()), hits);
        return Selections.minus(selection, misses);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Vector vector = value.evaluate(batch, selection, bindings);
        if (nullAs == NullAs.UNKNOWN) {
            return Matching.evaluate(vector, selection, this::match);
        }
        Selection hits = filter(vector, selection);
        return vector instanceof ConstantVector
                ? Matching.constant(!hits.isEmpty(), batch.rowCount())
                : Matching.toBoolean(hits, batch.rowCount(), null);
    }
}
