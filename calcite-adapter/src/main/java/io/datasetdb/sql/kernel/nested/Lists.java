// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.RowFunction;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Functions that make arrays, or take them, whatever their elements. All are NULL when an argument is. */
public final class Lists {
    /** The most elements that a series may have as an array. */
    private static final long MAX_SERIES = 100_000_000;

    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private Lists() {}

    /**
     * Numbers, or times, from the first to the last in steps.
     *
     * @param arguments start, stop and step; both of type BIGINT, or start and stop TIMESTAMP and an interval as the step
     * @param inclusive whether the stop belongs to the series
     */
    public static Expression series(List<Expression> arguments, DataType result, boolean inclusive) {
        boolean numbers = arguments.get(0).type().kind() == DataType.Kind.BIGINT;
        DataType stepType = arguments.get(2).type();
        return strict("generate_series", arguments, result, values -> {
            Series series = Series.of(
                    number(given(values, 0)), number(given(values, 1)), number(given(values, 2)), stepType, inclusive);
            if (series.size() > MAX_SERIES) {
                throw new DatasetDbException(
                        KernelError.INVALID_ARGUMENT,
                        "Cannot generate a series: an array has at most " + MAX_SERIES + " elements (" + series.size()
                                + ")");
            }
            return LongStream.range(0, series.size())
                    .map(series::get)
                    .mapToObj(element -> numbers ? (Object) element : EPOCH.plus(element, ChronoUnit.MICROS))
                    .toList();
        });
    }

    private static long number(Object value) {
        if (value instanceof LocalDateTime time) {
            return ChronoUnit.MICROS.between(EPOCH, time);
        }
        if (value instanceof Duration interval) {
            return interval.toSeconds() * 1_000_000 + interval.toNanosPart() / 1_000;
        }
        return value instanceof Period months ? months.toTotalMonths() : (Long) value;
    }

    /**
     * Elements, or characters of a text, from a position to another, both counted from 1, or from the end if negative, and
     * both included.
     */
    public static Expression slice(Expression array, Expression from, Expression to) {
        return strict("list_slice", List.of(array, from, to), array.type(), values -> {
            if (given(values, 0) instanceof String text) {
                int size = text.codePointCount(0, text.length());
                long start = Math.max(1, Math.min(position((Long) given(values, 1), size), size + 1L));
                long end = Math.min(position((Long) given(values, 2), size), size);
                return end < start
                        ? ""
                        : text.substring(
                                text.offsetByCodePoints(0, (int) start - 1), text.offsetByCodePoints(0, (int) end));
            }
            List<?> list = (List<?>) given(values, 0);
            long start = position((Long) given(values, 1), list.size());
            long end = position((Long) given(values, 2), list.size());
            int first = (int) Math.max(1, Math.min(start, list.size() + 1L));
            int last = (int) Math.min(end, list.size());
            return last < first ? List.of() : list.subList(first - 1, last);
        });
    }

    private static long position(long position, int size) {
        return position < 0 ? position + size + 1 : position;
    }

    /** The sum of the elements that are not NULL; NULL if there are none. Exact unless the result is DOUBLE. */
    public static Expression sum(Expression array, DataType result) {
        return strict("list_sum", List.of(array), result, values -> {
            List<Number> numbers = numbers(given(values, 0));
            if (numbers.isEmpty()) {
                return null;
            }
            if (result.kind() == DataType.Kind.DOUBLE) {
                return numbers.stream().mapToDouble(Number::doubleValue).sum();
            }
            BigDecimal sum = numbers.stream().map(Lists::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
            return result.kind() == DataType.Kind.BIGINT ? (Object) sum.longValueExact() : sum;
        });
    }

    /** The mean of the elements that are not NULL; NULL if there are none. */
    public static Expression average(Expression array) {
        return strict("list_avg", List.of(array), DataType.DOUBLE, values -> {
            List<Number> numbers = numbers(given(values, 0));
            return numbers.isEmpty()
                    ? null
                    : numbers.stream().mapToDouble(Number::doubleValue).sum() / numbers.size();
        });
    }

    private static List<Number> numbers(Object list) {
        return ((List<?>) list)
                .stream().filter(Objects::nonNull).map(Number.class::cast).toList();
    }

    private static BigDecimal exact(Number number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    private static Expression strict(String name, List<Expression> arguments, DataType result, RowFunction.Body body) {
        boolean[] strict = new boolean[arguments.size()];
        Arrays.fill(strict, true);
        return RowFunction.of(name, arguments, result, strict, true, body);
    }

    private static Object given(@Nullable Object[] values, int i) {
        return Objects.requireNonNull(values[i]);
    }
}
