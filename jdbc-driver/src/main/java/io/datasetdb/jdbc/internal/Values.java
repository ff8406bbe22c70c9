// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as the Java types that JDBC callers ask for. Takes the Java types that {@link DataType} lists.
 *
 * <p>A TIMESTAMP has no zone: {@code java.sql.Timestamp}, {@code Date} and {@code Time} get its fields as they read, in the
 * caller's zone, also before 1582. A TIMESTAMP WITH LOCAL TIME ZONE is an instant.
 */
final class Values {
    private Values() {}

    /** What {@code getObject} returns. */
    static Object object(DataType type, Object value) throws SQLException {
        return switch (type.kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, VARCHAR, VARBINARY, UUID, NULL ->
                value;
            case DATE -> Date.valueOf((LocalDate) value);
            case TIME -> time((LocalTime) value, null);
            case TIMESTAMP -> Timestamp.valueOf((LocalDateTime) value);
            case TIMESTAMP_LTZ -> ((Instant) value).atOffset(ZoneOffset.UTC);
            case INTERVAL_MONTH, INTERVAL_DAY -> ValueText.of(type, value);
            case ARRAY -> array(type, value);
            case MAP -> map((DataType.Map) type, (Map<?, ?>) value);
            case ROW -> struct(type, value);
        };
    }

    /** What {@code getObject(i, wanted)} returns. */
    static <T> T to(Class<T> wanted, DataType type, Object value) throws SQLException {
        if (wanted == Object.class) {
            return wanted.cast(object(type, value));
        }
        Object result = convert(wanted, type, value);
        if (result == null) {
            throw cannot(type, wanted.getSimpleName(), null);
        }
        return wanted.cast(result);
    }

    private static @Nullable Object convert(Class<?> wanted, DataType type, Object value) throws SQLException {
        if (wanted == String.class) {
            return ValueText.of(type, value);
        }
        if (Number.class.isAssignableFrom(wanted) || wanted == Boolean.class) {
            return number(wanted, type, value);
        }
        Object dateTime = dateTime(wanted, type, value);
        if (dateTime != null) {
            return dateTime;
        }
        if (wanted == byte[].class) {
            return bytes(type, value);
        }
        if (wanted == UUID.class && value instanceof String text) {
            return uuid(text);
        }
        if (wanted == Array.class) {
            return array(type, value);
        }
        if (wanted == Struct.class) {
            return struct(type, value);
        }
        if (wanted.isArray() && value instanceof List<?> list) {
            return primitives(wanted, type, list);
        }
        Object natural = object(type, value);
        return wanted.isInstance(natural) ? natural : wanted.isInstance(value) ? value : null;
    }

    private static @Nullable Object number(Class<?> wanted, DataType type, Object value) throws SQLException {
        if (wanted == Boolean.class) {
            return bool(type, value);
        }
        if (wanted == BigDecimal.class) {
            return decimal(type, value);
        }
        if (wanted == BigInteger.class) {
            return decimal(type, value).toBigInteger();
        }
        if (wanted == Double.class) {
            return real(type, value);
        }
        if (wanted == Float.class) {
            return (float) real(type, value);
        }
        if (wanted == Long.class) {
            return integer(type, value, Long.MIN_VALUE, Long.MAX_VALUE, "long");
        }
        if (wanted == Integer.class) {
            return (int) integer(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        }
        if (wanted == Short.class) {
            return (short) integer(type, value, Short.MIN_VALUE, Short.MAX_VALUE, "short");
        }
        return wanted == Byte.class ? (byte) integer(type, value, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte") : null;
    }

    private static @Nullable Object dateTime(Class<?> wanted, DataType type, Object value) throws SQLException {
        if (wanted == LocalDate.class) {
            return local(type, value, "LocalDate").toLocalDate();
        }
        if (wanted == LocalDateTime.class) {
            return local(type, value, "LocalDateTime");
        }
        if (wanted == LocalTime.class) {
            return value instanceof LocalTime time
                    ? time
                    : local(type, value, "LocalTime").toLocalTime();
        }
        if (wanted == Instant.class) {
            return local(type, value, "Instant").toInstant(ZoneOffset.UTC);
        }
        if (wanted == OffsetDateTime.class) {
            return local(type, value, "OffsetDateTime").atOffset(ZoneOffset.UTC);
        }
        if (wanted == ZonedDateTime.class) {
            return local(type, value, "ZonedDateTime").atZone(ZoneOffset.UTC);
        }
        if (wanted == Date.class) {
            return date(type, value, null);
        }
        if (wanted == Time.class) {
            return time(type, value, null);
        }
        return wanted == Timestamp.class || wanted == java.util.Date.class ? timestamp(type, value, null) : null;
    }

    /** A date-time of any kind without zone; instants in UTC. */
    static LocalDateTime local(DataType type, Object value, String wanted) throws SQLException {
        try {
            if (value instanceof LocalDateTime dateTime) {
                return dateTime;
            }
            if (value instanceof LocalDate date) {
                return date.atStartOfDay();
            }
            if (value instanceof Instant instant) {
                return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
            }
            if (value instanceof String text) {
                String trimmed = text.trim().replace(' ', 'T');
                return trimmed.indexOf('T') < 0
                        ? LocalDate.parse(trimmed).atStartOfDay()
                        : LocalDateTime.parse(trimmed);
            }
        } catch (java.time.DateTimeException e) {
            throw cannot(type, wanted, value);
        }
        throw cannot(type, wanted, null);
    }

    static Date date(DataType type, Object value, @Nullable Calendar calendar) throws SQLException {
        if (value instanceof Instant instant && zone(calendar) == null) {
            return new Date(instant.toEpochMilli());
        }
        LocalDate date = local(type, value, "Date").toLocalDate();
        ZoneId zone = zone(calendar);
        return zone == null
                ? Date.valueOf(date)
                : new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    static Time time(DataType type, Object value, @Nullable Calendar calendar) throws SQLException {
        return time(
                value instanceof LocalTime time
                        ? time
                        : local(type, value, "Time").toLocalTime(),
                calendar);
    }

    private static Time time(LocalTime value, @Nullable Calendar calendar) {
        ZoneId zone = zone(calendar);
        long millis = value.atDate(LocalDate.EPOCH)
                .atZone(zone == null ? ZoneId.systemDefault() : zone)
                .toInstant()
                .toEpochMilli();
        return new Time(millis);
    }

    static Timestamp timestamp(DataType type, Object value, @Nullable Calendar calendar) throws SQLException {
        if (value instanceof Instant instant) {
            return Timestamp.from(instant);
        }
        LocalDateTime local =
                value instanceof LocalTime time ? time.atDate(LocalDate.EPOCH) : local(type, value, "Timestamp");
        ZoneId zone = zone(calendar);
        return zone == null
                ? Timestamp.valueOf(local)
                : Timestamp.from(local.atZone(zone).toInstant());
    }

    /** The zone that a caller asked for, or {@code null} if it is the one that the java.sql classes use anyway. */
    private static @Nullable ZoneId zone(@Nullable Calendar calendar) {
        return calendar == null || calendar.getTimeZone().hasSameRules(TimeZone.getDefault())
                ? null
                : calendar.getTimeZone().toZoneId();
    }

    static boolean bool(DataType type, Object value) throws SQLException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text) {
            return switch (text.trim().toLowerCase(java.util.Locale.ROOT)) {
                case "true", "t", "1", "yes", "y", "on" -> true;
                case "false", "f", "0", "no", "n", "off" -> false;
                default -> throw cannot(type, "boolean", value);
            };
        }
        return real(type, value) != 0;
    }

    static double real(DataType type, Object value) throws SQLException {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof String text) {
            try {
                return Double.parseDouble(text.trim());
            } catch (NumberFormatException e) {
                throw cannot(type, "double", value);
            }
        }
        throw cannot(type, "double", null);
    }

    static BigDecimal decimal(DataType type, Object value) throws SQLException {
        try {
            if (value instanceof BigDecimal decimal) {
                return decimal;
            }
            if (value instanceof Float || value instanceof Double || value instanceof String) {
                return new BigDecimal(value.toString().trim());
            }
            if (value instanceof Number number) {
                return BigDecimal.valueOf(number.longValue());
            }
        } catch (NumberFormatException e) {
            throw cannot(type, "BigDecimal", value);
        }
        if (value instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        throw cannot(type, "BigDecimal", null);
    }

    /** A whole number within bounds; fractions are cut off, as JDBC drivers do. */
    static long integer(DataType type, Object value, long min, long max, String wanted) throws SQLException {
        long result;
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            result = ((Number) value).longValue();
        } else {
            try {
                result = decimal(type, value).toBigInteger().longValueExact();
            } catch (ArithmeticException e) {
                throw outOfRange(wanted, value);
            }
        }
        if (result < min || result > max) {
            throw outOfRange(wanted, value);
        }
        return result;
    }

    static byte[] bytes(DataType type, Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        throw cannot(type, "byte[]", null);
    }

    private static UUID uuid(String text) throws SQLException {
        try {
            return UUID.fromString(text.trim());
        } catch (IllegalArgumentException e) {
            throw cannot(DataType.VARCHAR, "UUID", text);
        }
    }

    static Array array(DataType type, Object value) throws SQLException {
        if (type instanceof DataType.Array array && value instanceof List<?> list) {
            return new SqlArray(array.element(), list);
        }
        throw cannot(type, "Array", null);
    }

    static Struct struct(DataType type, Object value) throws SQLException {
        if (type instanceof DataType.Row row && value instanceof List<?> list) {
            return new SqlStruct(row, list);
        }
        throw cannot(type, "Struct", null);
    }

    private static Map<Object, @Nullable Object> map(DataType.Map type, Map<?, ?> entries) throws SQLException {
        Map<Object, @Nullable Object> result = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            Object value = entry.getValue();
            result.put(object(type.key(), entry.getKey()), value == null ? null : object(type.value(), value));
        }
        return result;
    }

    /** {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]} or an array of objects, from an ARRAY. */
    private static Object primitives(Class<?> wanted, DataType type, List<?> list) throws SQLException {
        DataType element = ((DataType.Array) type).element();
        Class<?> component = wanted.getComponentType();
        Class<?> boxed = component.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(component).wrap().returnType()
                : component;
        Object result = java.lang.reflect.Array.newInstance(component, list.size());
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            if (item != null) {
                java.lang.reflect.Array.set(result, i, to(boxed, element, item));
            } else if (component.isPrimitive()) {
                throw Failures.of(
                        "Cannot read the ARRAY as " + wanted.getSimpleName() + ": element " + (i + 1) + " is NULL",
                        "22002",
                        null);
            }
        }
        return result;
    }

    static SQLException cannot(DataType type, String wanted, @Nullable Object value) {
        return Failures.of(
                "Cannot read the " + type.sql() + " as " + wanted + ": "
                        + (value == null ? "there is no such conversion" : "the value does not fit (" + value + ")"),
                value == null ? "07006" : "22018",
                null);
    }

    private static SQLException outOfRange(String wanted, Object value) {
        return Failures.of(
                "Cannot read the value as " + wanted + ": it is out of range (" + value + ")", "22003", null);
    }
}
