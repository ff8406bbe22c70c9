// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.time;

/**
 * Dates, times and intervals as text and back.
 *
 * <p>Written: {@code 2026-01-31}, {@code 23:59:59.5}, {@code 2026-01-31 23:59:59.5}, with {@code +00} appended for a
 * TIMESTAMP WITH LOCAL TIME ZONE; fractions up to microseconds without trailing zeros; years have at least four digits, those before
 * year 0 a minus sign. Intervals: {@code 1 year 2 months}, {@code 3 days 04:05:06.5}.
 */
public final class TimeText {
    private TimeText() {}

    public static String date(long days) {
        StringBuilder out = new StringBuilder(12);
        appendDate(out, days);
        return out.toString();
    }

    public static String time(long micros) {
        StringBuilder out = new StringBuilder(16);
        appendTime(out, micros);
        return out.toString();
    }

    public static String timestamp(long micros) {
        StringBuilder out = new StringBuilder(28);
        appendDate(out, Math.floorDiv(micros, CivilDate.MICROS_PER_DAY));
        out.append(' ');
        appendTime(out, Math.floorMod(micros, CivilDate.MICROS_PER_DAY));
        return out.toString();
    }

    public static String months(long months) {
        long years = months / 12;
        long rest = months % 12;
        StringBuilder out = new StringBuilder();
        if (years != 0) {
            out.append(years).append(Math.abs(years) == 1 ? " year" : " years");
        }
        if (rest != 0 || years == 0) {
            out.append(years == 0 ? "" : " ").append(rest).append(Math.abs(rest) == 1 ? " month" : " months");
        }
        return out.toString();
    }

    public static String interval(long micros) {
        long days = micros / CivilDate.MICROS_PER_DAY;
        long rest = micros % CivilDate.MICROS_PER_DAY;
        StringBuilder out = new StringBuilder();
        if (days != 0) {
            out.append(days).append(Math.abs(days) == 1 ? " day" : " days");
        }
        if (rest != 0 || days == 0) {
            out.append(days == 0 ? "" : " ").append(rest < 0 ? "-" : "");
            appendTime(out, Math.abs(rest));
        }
        return out.toString();
    }

    static void appendDate(StringBuilder out, long days) {
        long civil = CivilDate.fromDays(days);
        long year = CivilDate.year(civil);
        String digits = Long.toString(Math.abs(year));
        out.append(year < 0 ? "-" : "")
                .append("0000", 0, Math.max(0, 4 - digits.length()))
                .append(digits)
                .append('-');
        two(out, CivilDate.month(civil));
        out.append('-');
        two(out, CivilDate.day(civil));
    }

    private static void appendTime(StringBuilder out, long micros) {
        two(out, (int) (micros / CivilDate.MICROS_PER_HOUR));
        out.append(':');
        two(out, (int) (micros / CivilDate.MICROS_PER_MINUTE % 60));
        out.append(':');
        two(out, (int) (micros / CivilDate.MICROS_PER_SECOND % 60));
        int fraction = (int) (micros % CivilDate.MICROS_PER_SECOND);
        if (fraction != 0) {
            int length = out.length();
            out.append(fraction + 1_000_000).setCharAt(length, '.');
            int end = out.length();
            while (out.charAt(end - 1) == '0') {
                end--;
            }
            out.setLength(end);
        }
    }

    private static void two(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
