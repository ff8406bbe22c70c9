// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.calendar;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.sql.kernel.time.CivilDate;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import io.datasetdb.vector.LongVector;
import java.util.List;

/**
 * EXTRACT(part FROM value) of DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ (in UTC) and intervals. Years are astronomical (year 0 is 1 BC).
 * SECOND, MILLISECOND and EPOCH have a fraction if the result type has room for one, else they are rounded down.
 * An INTERVAL MONTH's epoch counts 365.25 days a year and 30 days a month, as PostgreSQL does.
 */
public final class Extract {
    /** Microseconds as seconds. */
    private static final DataType FRACTIONAL = DataType.decimal(18, 6);

    private Extract() {}

    /** The part of one value. */
    @FunctionalInterface
    private interface Formula {
        long of(long value);
    }

    public static Expression of(DatePart part, Expression value, DataType result) {
        Kind kind = value.type().kind();
        boolean hasFraction = part == DatePart.SECOND || part == DatePart.MILLISECOND || part == DatePart.EPOCH;
        boolean wantsFraction =
                result.kind() == Kind.DOUBLE || result.kind() == Kind.REAL || result.kind() == Kind.DECIMAL;
        boolean fractional = hasFraction && wantsFraction;
        Formula formula = formula(part, kind, fractional);
        DataType type = fractional ? FRACTIONAL : DataType.BIGINT;
        Expression extract = VectorCall.of("extract", List.of(value), type, (arguments, selection, rowCount) -> {
            ExactOperand operand = ExactOperand.of(arguments.get(0));
            long[] values = new long[rowCount];
            int size = selection.size();
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                values[p] = formula.of(operand.low(p));
            }
            return new LongVector(type, rowCount, values, null);
        });
        return Cast.of(extract, result);
    }

    private static Formula formula(DatePart part, Kind kind, boolean fractional) {
        return switch (kind) {
            case DATE -> {
                Formula day = ofDay(part);
                if (day != null) {
                    yield day;
                }
                Formula time = ofTime(part, fractional);
                yield part == DatePart.EPOCH ? days -> time.of(days * CivilDate.MICROS_PER_DAY) : days -> 0;
            }
            case TIMESTAMP, TIMESTAMP_LTZ -> {
                Formula day = ofDay(part);
                yield day == null
                        ? ofTime(part, fractional)
                        : micros -> day.of(Math.floorDiv(micros, CivilDate.MICROS_PER_DAY));
            }
            case TIME -> ofTime(part, fractional);
            case INTERVAL_DAY ->
                part == DatePart.DAY ? micros -> micros / CivilDate.MICROS_PER_DAY : ofInterval(part, fractional);
            case INTERVAL_MONTH -> ofMonths(part, fractional);
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    UUID,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> throw new IllegalStateException("no " + part + " of " + kind);
        };
    }

    private static @org.jspecify.annotations.Nullable Formula ofDay(DatePart part) {
        return switch (part) {
            case MILLENNIUM -> days -> period(CivilDate.year(CivilDate.fromDays(days)), 1000);
            case CENTURY -> days -> period(CivilDate.year(CivilDate.fromDays(days)), 100);
            case DECADE -> days -> Math.floorDiv(CivilDate.year(CivilDate.fromDays(days)), 10L);
            case YEAR -> days -> CivilDate.year(CivilDate.fromDays(days));
            case ISOYEAR -> CivilDate::isoYear;
            case QUARTER -> days -> (CivilDate.month(CivilDate.fromDays(days)) + 2) / 3;
            case MONTH -> days -> CivilDate.month(CivilDate.fromDays(days));
            case WEEK -> CivilDate::isoWeek;
            case DAY -> days -> CivilDate.day(CivilDate.fromDays(days));
            case DOW -> days -> CivilDate.isoDayOfWeek(days) % 7;
            case ISODOW -> CivilDate::isoDayOfWeek;
            case DOY -> CivilDate::dayOfYear;
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, EPOCH -> null;
        };
    }

    /** Centuries and millennia: the first is the years 1 to {@code length}, the one before it is -1. */
    private static long period(long year, int length) {
        return year > 0 ? (year + length - 1) / length : -((length - 1 - (year - 1)) / length);
    }

    /** Of microseconds since some midnight. */
    private static Formula ofTime(DatePart part, boolean fractional) {
        return switch (part) {
            case HOUR -> micros -> Math.floorMod(micros, CivilDate.MICROS_PER_DAY) / CivilDate.MICROS_PER_HOUR;
            case MINUTE -> micros -> Math.floorMod(micros, CivilDate.MICROS_PER_HOUR) / CivilDate.MICROS_PER_MINUTE;
            case SECOND ->
                fractional
                        ? micros -> Math.floorMod(micros, CivilDate.MICROS_PER_MINUTE)
                        : micros -> Math.floorMod(micros, CivilDate.MICROS_PER_MINUTE) / CivilDate.MICROS_PER_SECOND;
            case MILLISECOND ->
                fractional
                        ? micros -> Math.floorMod(micros, CivilDate.MICROS_PER_MINUTE) * 1_000
                        : micros -> Math.floorMod(micros, CivilDate.MICROS_PER_MINUTE) / 1_000;
            case MICROSECOND -> micros -> Math.floorMod(micros, CivilDate.MICROS_PER_MINUTE);
            case EPOCH -> fractional ? micros -> micros : micros -> Math.floorDiv(micros, CivilDate.MICROS_PER_SECOND);
            case MILLENNIUM, CENTURY, DECADE, YEAR, ISOYEAR, QUARTER, MONTH, WEEK, DAY, DOW, ISODOW, DOY ->
                throw new IllegalStateException("no " + part + " of a time");
        };
    }

    /** Parts of a negative interval are negative. */
    private static Formula ofInterval(DatePart part, boolean fractional) {
        Formula time = ofTime(part, fractional);
        return micros -> micros < 0 ? -time.of(-micros) : time.of(micros);
    }

    private static Formula ofMonths(DatePart part, boolean fractional) {
        return switch (part) {
            case MILLENNIUM, CENTURY, DECADE, YEAR -> months -> months / part.months();
            case QUARTER -> months -> months % 12 / 3 + 1;
            case MONTH -> months -> months % 12;
            case EPOCH -> {
                long unit = fractional ? CivilDate.MICROS_PER_SECOND : 1;
                yield months -> (months / 12 * 31_557_600 + months % 12 * 2_592_000) * unit;
            }
            case DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND -> months -> 0;
            case ISOYEAR, WEEK, DOW, ISODOW, DOY -> throw new IllegalStateException("no " + part + " of an interval");
        };
    }
}
