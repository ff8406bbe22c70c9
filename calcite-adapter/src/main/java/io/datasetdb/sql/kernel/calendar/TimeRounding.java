// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.calendar;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.time.CivilDate;
import io.datasetdb.vector.DataType.Kind;

/**
 * FLOOR(x TO unit) (date_trunc) and CEIL(x TO unit) of DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, of the operand's type. Weeks start on
 * Monday; decades, centuries and millennia as in PostgreSQL's date_trunc (2000, 2001, 2001).
 */
public final class TimeRounding {
    private TimeRounding() {}

    /** The start of the unit that the operand is in. */
    public static Expression floor(DatePart unit, Expression operand) {
        boolean date = operand.type().kind() == Kind.DATE;
        return Points.call("floor", operand, micros -> floor(unit, micros), date);
    }

    /** The operand if a unit starts there, else the start of the next unit. */
    public static Expression ceil(DatePart unit, Expression operand) {
        boolean date = operand.type().kind() == Kind.DATE;
        return Points.call("ceil", operand, micros -> ceil(unit, micros), date);
    }

    private static long ceil(DatePart unit, long micros) {
        long floor = floor(unit, micros);
        if (floor == micros) {
            return micros;
        }
        return unit == DatePart.ISOYEAR
                ? floor(unit, floor + 400 * CivilDate.MICROS_PER_DAY)
                : Points.add(unit, 1, floor);
    }

    static long floor(DatePart unit, long micros) {
        if (unit == DatePart.WEEK) {
            long days = Math.floorDiv(micros, CivilDate.MICROS_PER_DAY);
            return (days - CivilDate.isoDayOfWeek(days) + 1) * CivilDate.MICROS_PER_DAY;
        }
        if (unit.micros() > 0) {
            return micros - Math.floorMod(micros, unit.micros());
        }
        long days = Math.floorDiv(micros, CivilDate.MICROS_PER_DAY);
        return Math.multiplyExact(floorDays(unit, days), CivilDate.MICROS_PER_DAY);
    }

    private static long floorDays(DatePart unit, long days) {
        long civil = CivilDate.fromDays(days);
        long year = CivilDate.year(civil);
        return switch (unit) {
            case MILLENNIUM -> CivilDate.toDays(Math.floorDiv(year - 1, 1000L) * 1000 + 1, 1, 1);
            case CENTURY -> CivilDate.toDays(Math.floorDiv(year - 1, 100L) * 100 + 1, 1, 1);
            case DECADE -> CivilDate.toDays(Math.floorDiv(year, 10L) * 10, 1, 1);
            case YEAR -> CivilDate.toDays(year, 1, 1);
            case QUARTER -> CivilDate.toDays(year, (CivilDate.month(civil) - 1) / 3 * 3 + 1, 1);
            case MONTH -> CivilDate.toDays(year, CivilDate.month(civil), 1);
            case ISOYEAR -> {
                long fourth = CivilDate.toDays(CivilDate.isoYear(days), 1, 4);
                yield fourth - CivilDate.isoDayOfWeek(fourth) + 1;
            }
            case WEEK, DAY, DOW, ISODOW, DOY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, EPOCH ->
                throw new IllegalStateException("cannot round to " + unit);
        };
    }
}
