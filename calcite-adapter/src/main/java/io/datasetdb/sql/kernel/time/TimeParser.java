// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.time;

import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.Unconvertible;

/**
 * Reads what {@link TimeText} writes and the usual variants: one or two digits for month, day and hour, {@code T} between date
 * and time, seconds and fraction left out, more fraction digits than six (rounded half up), a zone ({@code Z}, {@code +01:00}, {@code +01}) after a
 * timestamp; a date alone is a timestamp at midnight. A parser reads one text; {@link Unconvertible} says that it is not one.
 */
public final class TimeParser {
    private final String text;
    private int at;

    private TimeParser(String text) {
        this.text = text.strip();
    }

    /** Days since 1970-01-01; the time of day of a timestamp is cut off. */
    public static int date(String text) {
        TimeParser parser = new TimeParser(text);
        long days = parser.days();
        if (!parser.atEnd()) {
            days = Math.floorDiv(timestamp(text), CivilDate.MICROS_PER_DAY);
        }
        return (int) days;
    }

    /** Microseconds since midnight, below 24 h; the date of a timestamp is cut off. */
    public static long time(String text) {
        TimeParser parser = new TimeParser(text);
        if (parser.text.indexOf('-', 1) > 0 && parser.text.indexOf(':') > parser.text.indexOf('-', 1)) {
            return Math.floorMod(timestamp(text), CivilDate.MICROS_PER_DAY);
        }
        long micros = parser.timeOfDay();
        parser.end();
        if (micros >= CivilDate.MICROS_PER_DAY) {
            throw bad();
        }
        return micros;
    }

    /** Microseconds since 1970-01-01 as written; a zone is read and ignored. */
    public static long timestamp(String text) {
        return timestamp(text, false);
    }

    /** Microseconds since 1970-01-01 UTC; without a zone the text is in UTC. */
    public static long instant(String text) {
        return timestamp(text, true);
    }

    private static long timestamp(String text, boolean useZone) {
        TimeParser parser = new TimeParser(text);
        long micros = Math.multiplyExact(parser.days(), CivilDate.MICROS_PER_DAY);
        if (!parser.atEnd() && (parser.skip('T') || parser.skip('t') || parser.skip(' '))) {
            parser.blanks();
            micros = Math.addExact(micros, parser.timeOfDay());
            parser.blanks();
            long zone = parser.atEnd() ? 0 : parser.zone();
            micros = useZone ? Math.subtractExact(micros, zone) : micros;
        }
        parser.end();
        return micros;
    }

    private long days() {
        boolean negative = skip('-');
        if (!negative) {
            skip('+');
        }
        long year = digits(1, 6);
        require('-');
        int month = (int) digits(1, 2);
        require('-');
        int day = (int) digits(1, 2);
        year = negative ? -year : year;
        if (month < 1 || month > 12 || day < 1 || day > CivilDate.daysInMonth(year, month)) {
            throw bad();
        }
        return CivilDate.toDays(year, month, day);
    }

    private long timeOfDay() {
        long hours = digits(1, 2);
        require(':');
        long minutes = digits(1, 2);
        long seconds = skip(':') ? digits(1, 2) : 0;
        if (hours > 24 || minutes > 59 || seconds > 59) {
            throw bad();
        }
        long micros = ((hours * 60 + minutes) * 60 + seconds) * CivilDate.MICROS_PER_SECOND + fraction();
        if (micros > CivilDate.MICROS_PER_DAY) {
            throw bad();
        }
        return micros;
    }

    private long fraction() {
        if (!skip('.')) {
            return 0;
        }
        long micros = 0;
        int count = 0;
        boolean up = false;
        for (; !atEnd() && isDigit(); at++, count++) {
            int digit = text.charAt(at) - '0';
            if (count < 6) {
                micros = micros * 10 + digit;
            } else if (count == 6) {
                up = digit >= 5;
            }
        }
        for (; count < 6; count++) {
            micros *= 10;
        }
        return up ? micros + 1 : micros;
    }

    private long zone() {
        if (skip('Z') || skip('z')) {
            return 0;
        }
        if (text.regionMatches(true, at, "UTC", 0, 3)) {
            at += 3;
            return 0;
        }
        boolean negative = skip('-');
        if (!negative) {
            require('+');
        }
        long minutes = digits(1, 2) * 60;
        if (skip(':') || (!atEnd() && isDigit())) {
            minutes += digits(2, 2);
        }
        if (minutes > 18 * 60) {
            throw bad();
        }
        return (negative ? -minutes : minutes) * CivilDate.MICROS_PER_MINUTE;
    }

    private long digits(int least, int most) {
        long value = 0;
        int count = 0;
        for (; count < most && !atEnd() && isDigit(); count++) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (count < least) {
            throw bad();
        }
        return value;
    }

    private boolean isDigit() {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private boolean skip(char c) {
        boolean found = !atEnd() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void require(char c) {
        if (!skip(c)) {
            throw bad();
        }
    }

    private void blanks() {
        while (skip(' ')) {
            continue;
        }
    }

    private void end() {
        blanks();
        if (!atEnd()) {
            throw bad();
        }
    }

    private static Unconvertible bad() {
        return new Unconvertible(KernelError.INVALID_DATETIME, "it does not have the form of one");
    }
}
