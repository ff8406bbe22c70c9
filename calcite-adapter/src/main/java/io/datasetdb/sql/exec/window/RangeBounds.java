// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of RANGE frames that lie a distance in value from the current row's one order key. Keys are compared as exact
 * numbers: days or microseconds for dates and times. Rows whose key is NULL, NaN or infinite see just their peers.
 */
final class RangeBounds {
    private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);

    private final SortedRows rows;
    private final SortKey key;
    private final ColumnBuffer column;
    private final Object offset;
    private final boolean preceding;

    /**
     * @param offset a Number, a Period of months or a Duration, not negative
     */
    RangeBounds(SortedRows rows, SortKey key, Object offset, boolean preceding) {
        this.rows = rows;
        this.key = key;
        this.column = rows.buffer().column(key.ordinal());
        this.offset = offset;
        this.preceding = preceding;
    }

    void fill(boolean isStart, int[] result) {
        for (int from = 0; from < result.length; ) {
            int to = rows.partitionEnd(from);
            fillPartition(from, to, isStart, result);
            from = to;
        }
    }

    private void fillPartition(int from, int to, boolean isStart, int[] result) {
        BigDecimal[] keys = new BigDecimal[to - from];
        int low = to;
        int high = from;
        for (int i = from; i < to; i++) {
            BigDecimal value = number(value(i));
            if (value == null) {
                result[i] = isStart ? rows.peersStart(i) : rows.peersEnd(i);
            } else {
                keys[i - from] = value;
                low = Math.min(low, i);
                high = i + 1;
            }
        }
        int pointer = low;
        for (int i = low; i < high; i++) {
            BigDecimal limit = limit(i, keys[i - from]);
            while (pointer < high && isBefore(keys[pointer - from], limit, isStart)) {
                pointer++;
            }
            result[i] = pointer;
        }
    }

    /** Whether the bound lies after a row with this key. */
    private boolean isBefore(BigDecimal candidate, BigDecimal limit, boolean isStart) {
        int order = candidate.compareTo(limit) * (key.ascending() ? 1 : -1);
        return isStart ? order < 0 : order <= 0;
    }

    private BigDecimal limit(int place, BigDecimal own) {
        boolean down = preceding == key.ascending();
        if (offset instanceof Period period) {
            long months = period.toTotalMonths() * (down ? -1 : 1);
            Object value = value(place);
            Object moved = value instanceof LocalDate date
                    ? date.plusMonths(months)
                    : value instanceof LocalDateTime time
                            ? time.plusMonths(months)
                            : value instanceof Instant instant
                                    ? instant.atOffset(ZoneOffset.UTC)
                                            .plusMonths(months)
                                            .toInstant()
                                    : value instanceof Period interval ? interval.plusMonths(months) : null;
            BigDecimal result = number(moved);
            if (result == null) {
                throw unsupported();
            }
            return result;
        }
        BigDecimal distance = distance();
        return down ? own.subtract(distance) : own.add(distance);
    }

    private BigDecimal distance() {
        if (offset instanceof Duration duration) {
            BigDecimal micros = BigDecimal.valueOf(duration.dividedBy(ChronoUnit.MICROS.getDuration()));
            return column.type().kind() == DataType.Kind.DATE
                    ? micros.divide(MICROS_PER_DAY, java.math.MathContext.DECIMAL128)
                    : micros;
        }
        BigDecimal number = number(offset);
        if (number == null) {
            throw unsupported();
        }
        return number;
    }

    private DatasetDbException unsupported() {
        return new DatasetDbException(
                KernelError.INVALID_ARGUMENT,
                "Cannot use the window frame: a RANGE over " + column.type() + " does not go with the offset (" + offset
                        + ")");
    }

    private @Nullable Object value(int place) {
        return column.vector(place).getObject(column.position(place));
    }

    private @Nullable BigDecimal number(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? new BigDecimal(number) : null;
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (value instanceof LocalDate date) {
            return BigDecimal.valueOf(date.toEpochDay());
        }
        if (value instanceof LocalDateTime time) {
            return BigDecimal.valueOf(
                    ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time));
        }
        if (value instanceof Instant instant) {
            return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        }
        if (value instanceof LocalTime time) {
            return BigDecimal.valueOf(time.toNanoOfDay() / 1_000);
        }
        if (value instanceof Duration duration) {
            return BigDecimal.valueOf(duration.dividedBy(ChronoUnit.MICROS.getDuration()));
        }
        if (value instanceof Period period) {
            return BigDecimal.valueOf(period.toTotalMonths());
        }
        throw unsupported();
    }
}
