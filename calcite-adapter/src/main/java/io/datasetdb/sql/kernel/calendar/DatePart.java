// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.calendar;

import io.datasetdb.sql.kernel.time.CivilDate;

/** Parts of dates and times; those with a size are also units of rounding, addition and difference. */
public enum DatePart {
    MILLENNIUM(12_000, 0),
    CENTURY(1_200, 0),
    DECADE(120, 0),
    YEAR(12, 0),
    /** The year that the ISO 8601 week belongs to. */
    ISOYEAR(0, 0),
    QUARTER(3, 0),
    MONTH(1, 0),
    /** ISO 8601: weeks start on Monday, week 1 has the year's first Thursday. */
    WEEK(0, 7 * CivilDate.MICROS_PER_DAY),
    DAY(0, CivilDate.MICROS_PER_DAY),
    /** 0 for Sunday to 6 for Saturday (PostgreSQL, DuckDB). */
    DOW(0, 0),
    /** 1 for Monday to 7 for Sunday. */
    ISODOW(0, 0),
    /** 1 for the first of January. */
    DOY(0, 0),
    HOUR(0, CivilDate.MICROS_PER_HOUR),
    MINUTE(0, CivilDate.MICROS_PER_MINUTE),
    SECOND(0, CivilDate.MICROS_PER_SECOND),
    /** The seconds of the minute in milliseconds. */
    MILLISECOND(0, 1_000),
    /** The seconds of the minute in microseconds. */
    MICROSECOND(0, 1),
    /** Seconds since 1970-01-01; of an interval its length in seconds. */
    EPOCH(0, 0);

    private final int months;
    private final long micros;

    DatePart(int months, long micros) {
        this.months = months;
        this.micros = micros;
    }

    /** The size in months of a unit that is a number of months, else 0. */
    public int months() {
        return months;
    }

    /** The size in microseconds of a unit that is of fixed length, else 0. */
    public long micros() {
        return micros;
    }
}
