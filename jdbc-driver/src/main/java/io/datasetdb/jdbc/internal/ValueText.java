// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HexFormat;

/**
 * Values as text, as {@code getString} and the command line show them. Takes the Java types that {@link DataType} lists.
 *
 * <p>Date-times have as many fraction digits as they need; those with local time zone are written in UTC and end in
 * {@code Z}. VARBINARY is lower-case hexadecimal; ARRAY, MAP and ROW are JSON ({@link JsonText}).
 */
public final class ValueText {
    private static final HexFormat HEX = HexFormat.of();

    private ValueText() {}

    /** The text of a value that is not NULL. */
    public static String of(DataType type, Object value) {
        return switch (type.kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, VARCHAR, DATE, UUID -> value.toString();
            case REAL -> real(Float.toString((Float) value));
            case DOUBLE -> real(Double.toString((Double) value));
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case VARBINARY -> HEX.formatHex((byte[]) value);
            case TIME -> time((LocalTime) value);
            case TIMESTAMP -> timestamp((LocalDateTime) value, ' ');
            case TIMESTAMP_LTZ -> timestamp(LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC), ' ') + "Z";
            case INTERVAL_MONTH -> months(((Period) value).toTotalMonths());
            case INTERVAL_DAY -> days((Duration) value);
            case ARRAY, MAP, ROW -> JsonText.of(type, value);
            case NULL -> "";
        };
    }

    /** Date and time with the given character between them. */
    static String timestamp(LocalDateTime value, char separator) {
        return value.toLocalDate().toString() + separator + time(value.toLocalTime());
    }

    static String time(LocalTime value) {
        StringBuilder text = new StringBuilder(15);
        two(text, value.getHour()).append(':');
        two(text, value.getMinute()).append(':');
        two(text, value.getSecond());
        return fraction(text, value.getNano() / 1_000).toString();
    }

    private static StringBuilder two(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    private static StringBuilder fraction(StringBuilder text, int micros) {
        if (micros != 0) {
            String digits = Integer.toString(1_000_000 + micros);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append('.').append(digits, 1, end);
        }
        return text;
    }

    /** Java switches to an exponent at 10 million; people and spreadsheets read plain digits more easily. */
    static String real(String text) {
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        int power = Integer.parseInt(text.substring(exponent + 1));
        if (power < -6 || power > 15) {
            return text;
        }
        String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static String months(long months) {
        long absolute = Math.abs(months);
        return (months < 0 ? "-" : "") + absolute / 12 + "-" + (absolute % 12 < 10 ? "0" : "") + absolute % 12;
    }

    private static String days(Duration value) {
        Duration absolute = value.abs();
        StringBuilder text = new StringBuilder();
        text.append(value.isNegative() ? "-" : "").append(absolute.toDays()).append(' ');
        two(text, absolute.toHoursPart()).append(':');
        two(text, absolute.toMinutesPart()).append(':');
        two(text, absolute.toSecondsPart());
        return fraction(text, absolute.toNanosPart() / 1_000).toString();
    }
}
