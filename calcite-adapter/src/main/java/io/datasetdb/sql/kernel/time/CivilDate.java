// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.time;

/**
 * Days since 1970-01-01 to and from year, month and day in the proleptic Gregorian calendar with a year 0, on plain integers.
 * The arithmetic follows Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (years start in March, eras of 400 years).
 */
public final class CivilDate {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    private CivilDate() {}

    /** The day number of a date that exists. */
    public static long toDays(long year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    /** Year, month and day in one number; see {@link #year}, {@link #month}, {@link #day}. */
    public static long fromDays(long days) {
        long z = days + 719_468;
        long era = Math.floorDiv(z, 146_097L);
        int dayOfEra = (int) (z - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | day;
    }

    /** The year of a result of {@link #fromDays}. */
    public static long year(long civil) {
        return civil >> 16;
    }

    /** The month, 1 to 12, of a result of {@link #fromDays}. */
    public static int month(long civil) {
        return (int) (civil >> 8) & 0xFF;
    }

    /** The day of the month of a result of {@link #fromDays}. */
    public static int day(long civil) {
        return (int) civil & 0xFF;
    }

    public static boolean isLeap(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int daysInMonth(long year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** The same day some months later, or the last day of that month if it has no such day. */
    public static long addMonths(long days, long months) {
        long civil = fromDays(days);
        long total = Math.addExact(year(civil) * 12 + month(civil) - 1, months);
        long year = Math.floorDiv(total, 12L);
        int month = (int) Math.floorMod(total, 12L) + 1;
        return toDays(year, month, Math.min(day(civil), daysInMonth(year, month)));
    }

    /** Whole months from one point in time to another (microseconds), negative if the other is earlier. */
    public static long monthsBetween(long from, long to) {
        long fromDays = Math.floorDiv(from, MICROS_PER_DAY);
        long toDays = Math.floorDiv(to, MICROS_PER_DAY);
        long a = fromDays(fromDays);
        long b = fromDays(toDays);
        long months = (year(b) - year(a)) * 12 + month(b) - month(a);
        long fromRest = day(a) * MICROS_PER_DAY + from - fromDays * MICROS_PER_DAY;
        long toRest = day(b) * MICROS_PER_DAY + to - toDays * MICROS_PER_DAY;
        if (months > 0 && toRest < fromRest) {
            return months - 1;
        }
        return months < 0 && toRest > fromRest ? months + 1 : months;
    }

    /** 1 for Monday to 7 for Sunday. */
    public static int isoDayOfWeek(long days) {
        return (int) Math.floorMod(days + 3, 7L) + 1;
    }

    /** 1 for the first of January. */
    public static int dayOfYear(long days) {
        return (int) (days - toDays(year(fromDays(days)), 1, 1)) + 1;
    }

    /** The year that the ISO 8601 week of this day belongs to: that of the week's Thursday. */
    public static long isoYear(long days) {
        return year(fromDays(days + 4 - isoDayOfWeek(days)));
    }

    /** The ISO 8601 week, 1 to 53. */
    public static int isoWeek(long days) {
        long thursday = days + 4 - isoDayOfWeek(days);
        return (dayOfYear(thursday) - 1) / 7 + 1;
    }
}
