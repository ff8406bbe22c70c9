// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Selection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Folds constant expressions while planning, with the very kernels that would compute them at run time, so that folding can
 * never change a result. An expression that fails (division by zero) stays as it is and fails only if a row needs it.
 */
final class ConstantFolder implements RexExecutor {
    private static final Batch ONE_ROW = Batch.of(List.of(), 1);

    @Override
    public void reduce(RexBuilder rexBuilder, List<RexNode> constants, List<RexNode> reduced) {
        ExpressionCompiler compiler = new ExpressionCompiler(rexBuilder, (row, ordinal) -> {
            throw new IllegalStateException("an outer column is not constant");
        });
        for (RexNode constant : constants) {
            reduced.add(fold(rexBuilder, compiler, constant));
        }
    }

    /** The value of an expression that refers to nothing but literals. */
    static @Nullable Object value(Expression expression) {
        return expression
                .evaluate(ONE_ROW, Selection.all(1), Bindings.none(Instant.EPOCH))
                .getObject(0);
    }

    private static RexNode fold(RexBuilder rexBuilder, ExpressionCompiler compiler, RexNode constant) {
        if (BatchSeries.isSeries(constant)) {
            // Nobody needs a million literals.
            return constant;
        }
        try {
            Object value = value(compiler.compile(constant));
            RexNode literal = value == null
                    ? rexBuilder.makeNullLiteral(constant.getType())
                    : literal(rexBuilder, value, constant.getType());
            return literal == null ? constant : literal;
        } catch (DatasetDbException | IllegalStateException e) {
            return constant;
        }
    }

    /** The value as a literal of a type; {@code null} for what literals do not hold exactly. */
    static @Nullable RexNode literal(RexBuilder rexBuilder, Object value, RelDataType type) {
        Object literal = literalValue(value);
        return literal == null ? null : rexBuilder.makeLiteral(literal, type, true, true);
    }

    /** The value as Calcite's literals take it; {@code null} for what they do not hold exactly. */
    private static @Nullable Object literalValue(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) && (number != 0 || 1 / number > 0) ? value : null;
        }
        if (value instanceof Number number && !(value instanceof BigDecimal)) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (value instanceof BigDecimal || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Duration interval) {
            // Calcite counts milliseconds; their fraction is kept.
            BigDecimal seconds =
                    BigDecimal.valueOf(interval.getSeconds()).add(BigDecimal.valueOf(interval.getNano(), 9));
            return seconds.movePointRight(3);
        }
        if (value instanceof Period interval) {
            return BigDecimal.valueOf(interval.toTotalMonths());
        }
        if (value instanceof LocalDate date && date.getYear() >= 1 && date.getYear() <= 9999) {
            return new DateString(date.toString());
        }
        if (value instanceof LocalDateTime time && time.getYear() >= 1 && time.getYear() <= 9999) {
            String text = time.toLocalDate() + " "
                    + time.toLocalTime().withNano(0).format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME);
            return new TimestampString(text).withNanos(time.getNano());
        }
        return null;
    }
}
