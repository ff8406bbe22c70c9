// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

/**
 * Reads dates ({@code 2024-01-31}, {@code 2024/1/31}), times ({@code 10:11[:12[.345678]]}) and timestamps (both, with a
 * space or T between them, perhaps with a zone: Z or an offset). Digits beyond microseconds are dropped.
 */
final class TemporalParser {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;

    private int position;
    private int number;
    private int epochDay;
    private long microsOfDay;
    private long offsetSeconds;
    private boolean dateOnly;
    private boolean zoned;

    /** Days since 1970-01-01 of the date that was read last. */
    int epochDay() {
        return epochDay;
    }

    /** Microseconds since midnight of the time that was read last. */
    long microsOfDay() {
        return microsOfDay;
    }

    /** Microseconds since 1970-01-01 of the timestamp that was read last, in UTC if it has a zone. */
    long epochMicros() {
        return (epochDay * SECONDS_PER_DAY - offsetSeconds) * MICROS_PER_SECOND + microsOfDay;
    }

    /** Whether the timestamp that was read last is just a date. */
    boolean isDateOnly() {
        return dateOnly;
    }

    boolean isZoned() {
        return zoned;
    }

    boolean parseDate(byte[] data, int from, int to) {
        position = from;
        return date(data, to) && position == to;
    }

    boolean parseTime(byte[] data, int from, int to) {
        position = from;
        return time(data, to) && position == to;
    }

    boolean parseTimestamp(byte[] data, int from, int to) {
        position = from;
        microsOfDay = 0;
        offsetSeconds = 0;
        zoned = false;
        if (!date(data, to)) {
            return false;
        }
        dateOnly = position == to;
        if (dateOnly) {
            return true;
        }
        byte separator = data[position++];
        if (separator != ' ' && separator != 'T' && separator != 't' || !time(data, to)) {
            return false;
        }
        if (position < to) {
            zoned = true;
            return zone(data, to) && position == to;
        }
        return true;
    }

    private boolean date(byte[] data, int to) {
        if (!digits(data, to, 4, 4)) {
            return false;
        }
        int year = number;
        if (position == to || data[position] != '-' && data[position] != '/') {
            return false;
        }
        byte separator = data[position++];
        if (!digits(data, to, 1, 2)) {
            return false;
        }
        int month = number;
        if (position == to || data[position++] != separator || !digits(data, to, 1, 2)) {
            return false;
        }
        int day = number;
        if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) {
            return false;
        }
        epochDay = daysFromCivil(year, month, day);
        return true;
    }

    private boolean time(byte[] data, int to) {
        if (!digits(data, to, 1, 2) || number > 23) {
            return false;
        }
        long seconds = number * 3600L;
        if (!colon(data, to) || !digits(data, to, 2, 2) || number > 59) {
            return false;
        }
        seconds += number * 60L;
        long micros = 0;
        if (colon(data, to)) {
            if (!digits(data, to, 2, 2) || number > 59) {
                return false;
            }
            seconds += number;
            if (position < to && data[position] == '.') {
                position++;
                micros = fraction(data, to);
                if (micros < 0) {
                    return false;
                }
            }
        }
        microsOfDay = seconds * MICROS_PER_SECOND + micros;
        return true;
    }

    private long fraction(byte[] data, int to) {
        long micros = 0;
        int start = position;
        for (; position < to && data[position] >= '0' && data[position] <= '9'; position++) {
            if (position - start < 6) {
                micros = micros * 10 + (data[position] - '0');
            }
        }
        int count = position - start;
        if (count == 0 || count > 9) {
            return -1;
        }
        for (int i = count; i < 6; i++) {
            micros *= 10;
        }
        return micros;
    }

    private boolean zone(byte[] data, int to) {
        if (data[position] == ' ') {
            position++;
        }
        if (position == to) {
            return false;
        }
        byte sign = data[position++];
        if (sign == 'Z' || sign == 'z') {
            return true;
        }
        if (sign == 'U' && to - position == 2 && data[position] == 'T' && data[position + 1] == 'C') {
            position += 2;
            return true;
        }
        if (sign != '+' && sign != '-' || !digits(data, to, 2, 2) || number > 18) {
            return false;
        }
        long seconds = number * 3600L;
        if (position < to) {
            colon(data, to);
            if (!digits(data, to, 2, 2) || number > 59) {
                return false;
            }
            seconds += number * 60L;
        }
        offsetSeconds = sign == '-' ? -seconds : seconds;
        return true;
    }

    private boolean colon(byte[] data, int to) {
        boolean found = position < to && data[position] == ':';
        if (found) {
            position++;
        }
        return found;
    }

    private boolean digits(byte[] data, int to, int least, int most) {
        int start = position;
        number = 0;
        while (position < to && position - start < most && data[position] >= '0' && data[position] <= '9') {
            number = number * 10 + (data[position++] - '0');
        }
        return position - start >= least;
    }

    private static int daysOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01; days_from_civil of H. Hinnant, "chrono-compatible low-level date algorithms", 2014. */
    private static int daysFromCivil(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
