// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * Bounds of columns as text and back, and their order. Values are of the Java types that {@link DataType} lists; numbers
 * are plain, times as in SQL literals ({@code 2026-01-31 12:00:00.5}, with a {@code Z} if they are instants), bytes hexadecimal.
 */
public final class ValueText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(TIME)
            .toFormatter(Locale.ROOT);

    private ValueText() {}

    /** The text of a value that is not nested. */
    public static String format(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        if (value instanceof LocalDateTime time) {
            return TIMESTAMP.format(time);
        }
        if (value instanceof Instant time) {
            return TIMESTAMP.format(time.atOffset(ZoneOffset.UTC)) + "Z";
        }
        return value.toString();
    }

    /** The value of this type whose text this is. */
    public static Object parse(DataType type, String text) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case TINYINT -> Byte.valueOf(text);
            case SMALLINT -> Short.valueOf(text);
            case INTEGER -> Integer.valueOf(text);
            case BIGINT -> Long.valueOf(text);
            case REAL -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case VARCHAR -> text;
            case VARBINARY -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text, TIME);
            case TIMESTAMP -> LocalDateTime.parse(text, TIMESTAMP);
            case TIMESTAMP_LTZ ->
                LocalDateTime.parse(text.substring(0, text.length() - 1), TIMESTAMP)
                        .toInstant(ZoneOffset.UTC);
            case UUID -> UUID.fromString(text);
            case INTERVAL_MONTH -> Period.parse(text);
            case INTERVAL_DAY -> Duration.parse(text);
            case ARRAY, MAP, ROW, NULL -> throw new IllegalArgumentException("no bounds of " + type);
        };
    }

    /** The engine's order of two values of this type. */
    public static int compare(DataType type, Object left, Object right) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.compare((Boolean) left, (Boolean) right);
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                Long.compare(((Number) left).longValue(), ((Number) right).longValue());
            case REAL, DOUBLE -> Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
            case DECIMAL -> ((BigDecimal) left).compareTo((BigDecimal) right);
            case VARCHAR ->
                Arrays.compareUnsigned(
                        ((String) left).getBytes(StandardCharsets.UTF_8),
                        ((String) right).getBytes(StandardCharsets.UTF_8));
            case VARBINARY -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
            case DATE -> ((LocalDate) left).compareTo((LocalDate) right);
            case TIME -> ((LocalTime) left).compareTo((LocalTime) right);
            case TIMESTAMP -> ((LocalDateTime) left).compareTo((LocalDateTime) right);
            case TIMESTAMP_LTZ -> ((Instant) left).compareTo((Instant) right);
            case UUID -> compare((UUID) left, (UUID) right);
            case INTERVAL_MONTH -> Long.compare(((Period) left).toTotalMonths(), ((Period) right).toTotalMonths());
            case INTERVAL_DAY -> ((Duration) left).compareTo((Duration) right);
            case ARRAY, MAP, ROW, NULL -> throw new IllegalArgumentException("no order of " + type);
        };
    }

    /** As unsigned 128-bit numbers; {@link UUID#compareTo} takes them as signed. */
    private static int compare(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
