// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.time;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times by the template patterns of PostgreSQL's to_char and to_timestamp: {@code YYYY-MM-DD HH24:MI:SS.US}. Names are English
 * and padded to nine characters, unless FM stands before them; what is no pattern, or is in double quotes, stands for itself.
 */
public final class TemplateFormat {
    /** Longer ones before those that they start with. */
    private static final List<String> PATTERNS = List.of(
            "MONTH", "IYYY", "YYYY", "HH24", "HH12", "A.M.", "P.M.", "YYY", "DDD", "DAY", "MON", "FF1", "FF2", "FF3",
            "FF4", "FF5", "FF6", "YY", "MM", "DD", "DY", "HH", "MI", "SS", "MS", "US", "AM", "PM", "WW", "IW", "ID",
            "CC", "TZ", "FM", "Y", "D", "Q", "J");

    private TemplateFormat() {}

    public static String format(LocalDateTime time, String format) {
        StringBuilder out = new StringBuilder(format.length() + 16);
        boolean bare = false;
        for (int i = 0; i < format.length(); ) {
            String pattern = patternAt(format, i);
            if (pattern == null) {
                i = literal(format, i, out);
                continue;
            }
            String written = format.substring(i, i + pattern.length());
            i += pattern.length();
            if (pattern.equals("FM")) {
                bare = true;
            } else {
                append(out, time, pattern, written, bare);
                bare = false;
            }
        }
        return out.toString();
    }

    private static @Nullable String patternAt(String format, int at) {
        for (String pattern : PATTERNS) {
            if (format.regionMatches(true, at, pattern, 0, pattern.length())) {
                return pattern;
            }
        }
        return null;
    }

    /** Takes a character, or what is in double quotes; gives the place behind it. */
    private static int literal(String format, int at, StringBuilder out) {
        int end = format.charAt(at) == '"' ? format.indexOf('"', at + 1) : -1;
        if (end < 0) {
            out.append(format.charAt(at));
            return at + 1;
        }
        out.append(format, at + 1, end);
        return end + 1;
    }

    private static void append(StringBuilder out, LocalDateTime time, String pattern, String written, boolean bare) {
        switch (pattern) {
            case "YYYY" -> PercentFormat.number(out, time.getYear(), 4, bare);
            case "YYY" -> PercentFormat.number(out, time.getYear() % 1000, 3, bare);
            case "YY" -> PercentFormat.number(out, time.getYear() % 100, 2, bare);
            case "Y" -> out.append(time.getYear() % 10);
            case "MM" -> PercentFormat.number(out, time.getMonthValue(), 2, bare);
            case "DD" -> PercentFormat.number(out, time.getDayOfMonth(), 2, bare);
            case "DDD" -> PercentFormat.number(out, time.getDayOfYear(), 3, bare);
            case "HH24" -> PercentFormat.number(out, time.getHour(), 2, bare);
            case "HH12", "HH" -> PercentFormat.number(out, PercentFormat.hourOfHalfDay(time), 2, bare);
            case "MI" -> PercentFormat.number(out, time.getMinute(), 2, bare);
            case "SS" -> PercentFormat.number(out, time.getSecond(), 2, bare);
            case "MS" -> PercentFormat.number(out, time.getNano() / 1_000_000, 3, bare);
            case "US" -> PercentFormat.number(out, time.getNano() / 1000, 6, bare);
            case "AM", "PM" -> out.append(cased(time.getHour() < 12 ? "AM" : "PM", written, false));
            case "A.M.", "P.M." -> out.append(cased(time.getHour() < 12 ? "A.M." : "P.M.", written, false));
            case "MONTH" -> name(out, PercentFormat.name(time.getMonth(), TextStyle.FULL), written, bare);
            case "MON" -> name(out, PercentFormat.name(time.getMonth(), TextStyle.SHORT), written, true);
            case "DAY" -> name(out, PercentFormat.name(time.getDayOfWeek(), TextStyle.FULL), written, bare);
            case "DY" -> name(out, PercentFormat.name(time.getDayOfWeek(), TextStyle.SHORT), written, true);
            case "TZ" -> out.append(cased("UTC", written, false));
            default -> appendCount(out, time, pattern, bare);
        }
    }

    private static void appendCount(StringBuilder out, LocalDateTime time, String pattern, boolean bare) {
        switch (pattern) {
            case "IYYY" -> PercentFormat.number(out, time.get(IsoFields.WEEK_BASED_YEAR), 4, bare);
            case "IW" -> PercentFormat.number(out, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, bare);
            case "ID" -> out.append(time.getDayOfWeek().getValue());
            case "D" -> out.append(time.getDayOfWeek().getValue() % 7 + 1);
            case "WW" -> PercentFormat.number(out, (time.getDayOfYear() - 1) / 7 + 1, 2, bare);
            case "CC" -> PercentFormat.number(out, (time.getYear() + 99) / 100, 2, bare);
            case "Q" -> out.append(time.get(IsoFields.QUARTER_OF_YEAR));
            case "J" -> out.append(time.getLong(JulianFields.JULIAN_DAY));
            default -> {
                // FF1 to FF6.
                int digits = pattern.charAt(2) - '0';
                StringBuilder nanos = new StringBuilder();
                PercentFormat.number(nanos, time.getNano(), 9, false);
                out.append(nanos, 0, digits);
            }
        }
    }

    private static void name(StringBuilder out, String name, String written, boolean bare) {
        out.append(cased(name, written, true));
        if (!bare) {
            out.append(" ".repeat(Math.max(0, 9 - name.length())));
        }
    }

    /** In capitals, with a capital or in small letters, as the pattern is written. */
    private static String cased(String name, String written, boolean mayBeMixed) {
        boolean first = Character.isUpperCase(written.charAt(0));
        boolean second = Character.isUpperCase(written.charAt(written.length() > 3 && !mayBeMixed ? 2 : 1));
        if (!first) {
            return name.toLowerCase(Locale.ROOT);
        }
        return second || !mayBeMixed ? name.toUpperCase(Locale.ROOT) : name;
    }

    /** The time that a text says; {@code null} if it does not have the format. */
    public static @Nullable LocalDateTime parse(String text, String format) {
        TimeReader reader = new TimeReader(text);
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < format.length() && reader.isGood(); ) {
            String pattern = patternAt(format, i);
            if (pattern == null) {
                literal.setLength(0);
                i = literal(format, i, literal);
                literal.chars().forEach(c -> reader.separator((char) c));
            } else {
                i += pattern.length();
                boolean separated = i >= format.length() || !Character.isLetterOrDigit(format.charAt(i));
                read(reader, pattern, separated);
            }
        }
        return reader.time();
    }

    private static void read(TimeReader reader, String pattern, boolean separated) {
        switch (pattern) {
            case "YYYY", "IYYY" -> reader.number(ChronoField.YEAR, separated ? 9 : 4, true);
            case "YYY", "YY", "Y" -> reader.twoDigitYear();
            case "MM" -> reader.number(ChronoField.MONTH_OF_YEAR, 2, false);
            case "DD" -> reader.number(ChronoField.DAY_OF_MONTH, 2, false);
            case "DDD" -> reader.number(ChronoField.DAY_OF_YEAR, 3, false);
            case "HH24" -> reader.number(ChronoField.HOUR_OF_DAY, 2, false);
            case "HH12", "HH" -> reader.number(ChronoField.CLOCK_HOUR_OF_AMPM, 2, false);
            case "MI" -> reader.number(ChronoField.MINUTE_OF_HOUR, 2, false);
            case "SS" -> reader.number(ChronoField.SECOND_OF_MINUTE, 2, false);
            case "MS" -> reader.fraction(3);
            case "US" -> reader.fraction(6);
            case "AM", "PM", "A.M.", "P.M." -> reader.halfOfDay();
            case "MONTH", "MON" -> reader.month();
            case "DAY", "DY" -> reader.dayName();
            case "TZ" -> reader.zone();
            case "FM" -> reader.literal(' ');
            default -> {
                if (pattern.startsWith("FF")) {
                    reader.fraction(9);
                } else {
                    reader.skipNumber();
                }
            }
        }
    }
}
