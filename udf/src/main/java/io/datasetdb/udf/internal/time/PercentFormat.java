// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.time;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Times by the codes of C's strftime as DuckDB has them: {@code %f} are microseconds, {@code %g} milliseconds, {@code %n}
 * nanoseconds, and {@code %-d} is {@code %d} without a leading zero. Names are English; zones are UTC.
 */
public final class PercentFormat {
    private PercentFormat() {}

    /** The text of a time; fails with {@link UdfError#BAD_ARGUMENT} if the format has a code that is not known. */
    public static String format(LocalDateTime time, String format) {
        StringBuilder out = new StringBuilder(format.length() + 16);
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            boolean bare = i + 1 < format.length() && format.charAt(i + 1) == '-';
            i += bare ? 2 : 1;
            if (i >= format.length()) {
                throw bad(format, "it ends after %");
            }
            append(out, time, format.charAt(i), bare, format);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, LocalDateTime time, char code, boolean bare, String format) {
        switch (code) {
            case 'Y' -> out.append(time.getYear());
            case 'y' -> number(out, Math.floorMod(time.getYear(), 100), 2, bare);
            case 'm' -> number(out, time.getMonthValue(), 2, bare);
            case 'd' -> number(out, time.getDayOfMonth(), 2, bare);
            case 'e' -> out.append(time.getDayOfMonth());
            case 'H' -> number(out, time.getHour(), 2, bare);
            case 'I' -> number(out, hourOfHalfDay(time), 2, bare);
            case 'M' -> number(out, time.getMinute(), 2, bare);
            case 'S' -> number(out, time.getSecond(), 2, bare);
            case 'f' -> number(out, time.getNano() / 1000, 6, bare);
            case 'g' -> number(out, time.getNano() / 1_000_000, 3, bare);
            case 'n' -> number(out, time.getNano(), 9, bare);
            case 'p' -> out.append(time.getHour() < 12 ? "AM" : "PM");
            case 'j' -> number(out, time.getDayOfYear(), 3, bare);
            case '%' -> out.append('%');
            default -> appendWeek(out, time, code, bare, format);
        }
    }

    private static void appendWeek(StringBuilder out, LocalDateTime time, char code, boolean bare, String format) {
        DayOfWeek day = time.getDayOfWeek();
        int dayOfYear = time.getDayOfYear();
        switch (code) {
            case 'a' -> out.append(name(day, TextStyle.SHORT));
            case 'A' -> out.append(name(day, TextStyle.FULL));
            case 'b', 'h' -> out.append(name(time.getMonth(), TextStyle.SHORT));
            case 'B' -> out.append(name(time.getMonth(), TextStyle.FULL));
            case 'w' -> out.append(day.getValue() % 7);
            case 'u' -> out.append(day.getValue());
            case 'U' -> number(out, (dayOfYear + 6 - day.getValue() % 7) / 7, 2, bare);
            case 'W' -> number(out, (dayOfYear + 7 - day.getValue()) / 7, 2, bare);
            case 'V' -> number(out, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, bare);
            case 'G' -> out.append(time.get(IsoFields.WEEK_BASED_YEAR));
            case 's' -> out.append(time.toEpochSecond(java.time.ZoneOffset.UTC));
            case 'z' -> out.append("+00");
            case 'Z' -> out.append("UTC");
            case 'F', 'x' -> out.append(format(time, "%Y-%m-%d"));
            case 'T', 'X' -> out.append(format(time, "%H:%M:%S"));
            case 'c' -> out.append(format(time, "%Y-%m-%d %H:%M:%S"));
            default -> throw bad(format, "there is no code %" + code);
        }
    }

    /** The time that a text says; {@code null} if it does not have the format. */
    public static @org.jspecify.annotations.Nullable LocalDateTime parse(String text, String format) {
        TimeReader reader = new TimeReader(text);
        for (int i = 0; i < format.length() && reader.isGood(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                reader.literal(c);
                continue;
            }
            i += i + 1 < format.length() && format.charAt(i + 1) == '-' ? 2 : 1;
            if (i >= format.length()) {
                throw bad(format, "it ends after %");
            }
            read(reader, format.charAt(i), format);
        }
        return reader.time();
    }

    private static void read(TimeReader reader, char code, String format) {
        switch (code) {
            case 'Y' -> reader.number(ChronoField.YEAR, 9, true);
            case 'y' -> reader.twoDigitYear();
            case 'm' -> reader.number(ChronoField.MONTH_OF_YEAR, 2, false);
            case 'd', 'e' -> reader.number(ChronoField.DAY_OF_MONTH, 2, false);
            case 'j' -> reader.number(ChronoField.DAY_OF_YEAR, 3, false);
            case 'H' -> reader.number(ChronoField.HOUR_OF_DAY, 2, false);
            case 'I' -> reader.number(ChronoField.CLOCK_HOUR_OF_AMPM, 2, false);
            case 'M' -> reader.number(ChronoField.MINUTE_OF_HOUR, 2, false);
            case 'S' -> reader.number(ChronoField.SECOND_OF_MINUTE, 2, false);
            case 'f', 'n' -> reader.fraction(9);
            case 'g' -> reader.fraction(3);
            case 'p' -> reader.halfOfDay();
            case 'b', 'h', 'B' -> reader.month();
            case 'a', 'A' -> reader.dayName();
            case 's' -> reader.number(ChronoField.INSTANT_SECONDS, 18, true);
            case 'z', 'Z' -> reader.zone();
            case 'F', 'x' -> each(reader, "Y-m-d", format);
            case 'T', 'X' -> each(reader, "H:M:S", format);
            case 'c' -> each(reader, "Y-m-d H:M:S", format);
            case '%' -> reader.literal('%');
            default -> throw bad(format, "there is no code %" + code + " for reading");
        }
    }

    private static void each(TimeReader reader, String codes, String format) {
        for (char c : codes.toCharArray()) {
            if (Character.isLetter(c)) {
                read(reader, c, format);
            } else {
                reader.literal(c);
            }
        }
    }

    static int hourOfHalfDay(LocalDateTime time) {
        return (time.getHour() + 11) % 12 + 1;
    }

    static String name(DayOfWeek day, TextStyle style) {
        return day.getDisplayName(style, Locale.ENGLISH);
    }

    static String name(Month month, TextStyle style) {
        return month.getDisplayName(style, Locale.ENGLISH);
    }

    static void number(StringBuilder out, long value, int digits, boolean bare) {
        String text = Long.toString(value);
        if (!bare) {
            out.append("0".repeat(Math.max(0, digits - text.length())));
        }
        out.append(text);
    }

    private static DatasetDbException bad(String format, String reason) {
        return new DatasetDbException(UdfError.BAD_ARGUMENT, "Cannot use the time format '" + format + "': " + reason);
    }
}
