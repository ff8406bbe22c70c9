// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.time;

import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.Unconvertible;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads intervals as {@link TimeText} writes them ({@code 1 year 2 months}, {@code 3 days 04:05:06.5}, any unit from
 * microseconds to centuries in between) and as SQL literals write them ({@code 1-2}, {@code 3 04:05:06.5}).
 */
public final class IntervalParser {
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-]?)(\\d{1,9})-(\\d{1,2})");
    private static final Pattern DAY_TIME =
            Pattern.compile("([+-]?)(?:(\\d{1,9})\\s+)?(\\d{1,9}):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d*)?))?");
    private static final Pattern PART = Pattern.compile(
            "\\s*([+-]?\\d+(?:\\.\\d*)?)\\s*([a-zA-Z]+)|\\s*([+-]?\\d{1,9}:\\d{1,2}(?::\\d{1,2}(?:\\.\\d*)?)?)");

    private IntervalParser() {}

    /** Months. */
    public static long months(String text) {
        Matcher literal = YEAR_MONTH.matcher(text.strip());
        if (literal.matches()) {
            long months = Long.parseLong(literal.group(2)) * 12 + Long.parseLong(literal.group(3));
            return literal.group(1).equals("-") ? -months : months;
        }
        return parts(text, true);
    }

    /** Microseconds. */
    public static long micros(String text) {
        Matcher literal = DAY_TIME.matcher(text.strip());
        return literal.matches() ? dayTime(literal) : parts(text, false);
    }

    private static long dayTime(Matcher literal) {
        long days = literal.group(2) == null ? 0 : Long.parseLong(literal.group(2));
        long minutes = (days * 24 + Long.parseLong(literal.group(3))) * 60 + Long.parseLong(literal.group(4));
        BigDecimal seconds = literal.group(5) == null ? BigDecimal.ZERO : new BigDecimal(literal.group(5));
        long micros = exact(seconds.add(BigDecimal.valueOf(minutes * 60)).movePointRight(6));
        return literal.group(1).equals("-") ? -micros : micros;
    }

    private static long parts(String text, boolean months) {
        String rest = text.strip();
        Matcher part = PART.matcher(rest);
        BigDecimal total = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            end = part.end();
            if (part.group(3) != null && !months) {
                total = total.add(BigDecimal.valueOf(micros(part.group(3))));
            } else if (part.group(2) != null) {
                BigDecimal unit = unit(part.group(2).toLowerCase(Locale.ROOT), months);
                total = total.add(new BigDecimal(part.group(1)).multiply(unit));
            } else {
                throw bad();
            }
        }
        if (end == 0 || end != rest.length()) {
            throw bad();
        }
        return exact(total);
    }

    private static BigDecimal unit(String name, boolean months) {
        String singular = name.endsWith("s") && name.length() > 2 ? name.substring(0, name.length() - 1) : name;
        long size = months
                ? switch (singular) {
                    case "month", "mon" -> 1;
                    case "quarter" -> 3;
                    case "year", "y" -> 12;
                    case "decade" -> 120;
                    case "century", "centurie" -> 1200;
                    default -> throw bad();
                }
                : switch (singular) {
                    case "microsecond", "us" -> 1;
                    case "millisecond", "ms" -> 1000;
                    case "second", "sec", "s" -> CivilDate.MICROS_PER_SECOND;
                    case "minute", "min", "m" -> CivilDate.MICROS_PER_MINUTE;
                    case "hour", "h" -> CivilDate.MICROS_PER_HOUR;
                    case "day", "d" -> CivilDate.MICROS_PER_DAY;
                    case "week", "w" -> 7 * CivilDate.MICROS_PER_DAY;
                    default -> throw bad();
                };
        return BigDecimal.valueOf(size);
    }

    private static long exact(BigDecimal value) {
        try {
            return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw new Unconvertible(KernelError.NUMERIC_OVERFLOW, "it is out of range");
        }
    }

    private static Unconvertible bad() {
        return new Unconvertible(KernelError.INVALID_DATETIME, "it does not have the form of one");
    }
}
