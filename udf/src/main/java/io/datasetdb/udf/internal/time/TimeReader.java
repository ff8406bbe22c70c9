// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a text from left to right into the parts of a time; what does not fit makes the whole no time. */
final class TimeReader {
    private static final List<String> MONTHS = Stream.of(Month.values())
            .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
            .toList();
    private static final List<String> DAYS = Stream.of(DayOfWeek.values())
            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
            .toList();

    private final String text;
    private final Map<ChronoField, Long> parts = new EnumMap<>(ChronoField.class);
    private int at;
    private boolean good = true;

    TimeReader(String text) {
        this.text = text;
    }

    boolean isGood() {
        return good;
    }

    /** A character as it stands; a space matches any number of spaces. */
    void literal(char c) {
        if (Character.isWhitespace(c)) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        } else if (at < text.length() && text.charAt(at) == c) {
            at++;
        } else {
            good = false;
        }
    }

    /** Any one character that is no digit and no letter: PostgreSQL takes one separator for another. */
    void separator(char c) {
        if (at < text.length() && !Character.isLetterOrDigit(text.charAt(at)) && !Character.isWhitespace(c)) {
            at++;
        } else {
            literal(c);
        }
    }

    void number(ChronoField field, int most, boolean signed) {
        long sign = signed && at < text.length() && text.charAt(at) == '-' ? -1 : 1;
        at += sign < 0 ? 1 : 0;
        int start = at;
        long value = digits(most);
        good &= at > start;
        parts.put(field, sign * value);
    }

    /** A number that says nothing that the date does not say. */
    void skipNumber() {
        int start = at;
        digits(9);
        good &= at > start;
    }

    /** 69 to 99 are of the 20th century, 0 to 68 of the 21st, as POSIX has it. */
    void twoDigitYear() {
        number(ChronoField.YEAR, 2, false);
        parts.computeIfPresent(ChronoField.YEAR, (field, year) -> year < 69 ? year + 2000 : year + 1900);
    }

    void fraction(int most) {
        int start = at;
        long value = digits(most);
        good &= at > start;
        for (int i = at - start; i < 9; i++) {
            value *= 10;
        }
        parts.put(ChronoField.NANO_OF_SECOND, value);
    }

    private long digits(int most) {
        long value = 0;
        for (int end = at + most; at < end && at < text.length() && Character.digit(text.charAt(at), 10) >= 0; at++) {
            value = value * 10 + Character.digit(text.charAt(at), 10);
        }
        return value;
    }

    void halfOfDay() {
        String word = text.substring(at).replace(".", "").toUpperCase(Locale.ROOT);
        boolean dotted = at + 1 < text.length() && text.charAt(at + 1) == '.';
        good &= word.startsWith("AM") || word.startsWith("PM");
        parts.put(ChronoField.AMPM_OF_DAY, word.startsWith("PM") ? 1L : 0L);
        at = Math.min(text.length(), at + (dotted ? 4 : 2));
    }

    void month() {
        parts.put(ChronoField.MONTH_OF_YEAR, 1L + name(MONTHS));
    }

    /** A day's name, which says nothing that the date does not say. */
    void dayName() {
        int ignored = name(DAYS);
        good &= ignored >= 0;
    }

    private int name(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            for (int length : new int[] {names.get(i).length(), 3}) {
                if (text.regionMatches(true, at, names.get(i), 0, length)) {
                    at += length;
                    return i;
                }
            }
        }
        good = false;
        return -1;
    }

    /** {@code Z}, {@code UTC} or {@code +hh[[:]mm]}. */
    void zone() {
        for (String utc : List.of("UTC", "GMT", "Z")) {
            if (text.regionMatches(true, at, utc, 0, utc.length())) {
                at += utc.length();
                return;
            }
        }
        char sign = at < text.length() ? text.charAt(at++) : ' ';
        int start = at;
        long hours = digits(2);
        boolean colon = at < text.length() && text.charAt(at) == ':';
        at += colon ? 1 : 0;
        long minutes = digits(2);
        good &= (sign == '+' || sign == '-') && at > start;
        parts.put(ChronoField.OFFSET_SECONDS, (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60));
    }

    private int part(ChronoField field, long otherwise) {
        return Math.toIntExact(parts.getOrDefault(field, otherwise));
    }

    /** The time, if the text is at its end and its parts are one. */
    @Nullable
    LocalDateTime time() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (!good || at < text.length()) {
            return null;
        }
        try {
            long offset = parts.getOrDefault(ChronoField.OFFSET_SECONDS, 0L);
            int nanos = part(ChronoField.NANO_OF_SECOND, 0);
            Long epoch = parts.get(ChronoField.INSTANT_SECONDS);
            return epoch != null
                    ? LocalDateTime.ofEpochSecond(epoch, nanos, ZoneOffset.UTC)
                    : date().atTime(
                                    hour(),
                                    part(ChronoField.MINUTE_OF_HOUR, 0),
                                    part(ChronoField.SECOND_OF_MINUTE, 0),
                                    nanos)
                            .minusSeconds(offset);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private LocalDate date() {
        int year = part(ChronoField.YEAR, 1900);
        return parts.containsKey(ChronoField.DAY_OF_YEAR)
                ? LocalDate.ofYearDay(year, part(ChronoField.DAY_OF_YEAR, 1))
                : LocalDate.of(year, part(ChronoField.MONTH_OF_YEAR, 1), part(ChronoField.DAY_OF_MONTH, 1));
    }

    private int hour() {
        int hour = part(ChronoField.HOUR_OF_DAY, 0);
        if (parts.containsKey(ChronoField.CLOCK_HOUR_OF_AMPM)) {
            hour = ChronoField.CLOCK_HOUR_OF_AMPM.checkValidIntValue(part(ChronoField.CLOCK_HOUR_OF_AMPM, 12)) % 12
                    + 12 * part(ChronoField.AMPM_OF_DAY, 0);
        }
        return hour;
    }
}
