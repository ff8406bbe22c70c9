// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Parameter values as Avatica's messages can carry them without loss: numbers, booleans and bytes as themselves, date-times
 * as ISO 8601 text (an instant ends in {@code Z}), UUIDs as text, ARRAY, MAP and ROW as JSON. The engine converts to the type of
 * the parameter.
 */
public final class Parameters {
    private Parameters() {}

    /**
     * The value of a parameter.
     *
     * @param type the parameter's type, one of {@link Types}
     * @param calendar whose zone {@code java.sql} date-times are meant in; {@code null} for the default
     */
    public static TypedValue of(@Nullable Object value, int type, @Nullable Calendar calendar) throws SQLException {
        if (value == null) {
            return TypedValue.EXPLICIT_NULL;
        }
        if (value instanceof String || value instanceof Character || value instanceof UUID) {
            return text(value.toString());
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Boolean) {
            return TypedValue.ofLocal(Rep.BOOLEAN, value);
        }
        if (value instanceof byte[] bytes) {
            return TypedValue.ofLocal(Rep.BYTE_STRING, new ByteString(bytes));
        }
        String dateTime = dateTime(value, type, calendar);
        if (dateTime != null) {
            return text(dateTime);
        }
        if (value instanceof Blob blob) {
            return of(blob.getBytes(1, Math.toIntExact(blob.length())), type, calendar);
        }
        if (value instanceof Clob clob) {
            return text(clob.getSubString(1, Math.toIntExact(clob.length())));
        }
        if (value instanceof Enum<?> constant) {
            return text(constant.name());
        }
        if (value instanceof java.net.URL || value instanceof java.net.URI) {
            return text(value.toString());
        }
        StringBuilder json = new StringBuilder();
        write(json, value);
        return text(json.toString());
    }

    private static TypedValue text(String value) {
        return TypedValue.ofLocal(Rep.STRING, value);
    }

    private static TypedValue number(Number value) {
        if (value instanceof BigInteger integer) {
            return TypedValue.ofLocal(Rep.NUMBER, new BigDecimal(integer));
        }
        if (value instanceof BigDecimal) {
            return TypedValue.ofLocal(Rep.NUMBER, value);
        }
        if (value instanceof Double) {
            return TypedValue.ofLocal(Rep.DOUBLE, value);
        }
        if (value instanceof Float) {
            return TypedValue.ofLocal(Rep.FLOAT, value);
        }
        return TypedValue.ofLocal(Rep.LONG, value.longValue());
    }

    private static @Nullable String dateTime(Object value, int type, @Nullable Calendar calendar) {
        if (value instanceof LocalDate || value instanceof LocalTime || value instanceof LocalDateTime) {
            return value.toString();
        }
        if (value instanceof Instant) {
            return value.toString();
        }
        if (value instanceof OffsetDateTime offset) {
            return offset.toInstant().toString();
        }
        if (value instanceof ZonedDateTime zoned) {
            return zoned.toInstant().toString();
        }
        if (!(value instanceof java.util.Date)) {
            return null;
        }
        if (value instanceof Timestamp timestamp && type == Types.TIMESTAMP_WITH_TIMEZONE) {
            return timestamp.toInstant().toString();
        }
        if (calendar == null && value instanceof java.sql.Date date) {
            return date.toLocalDate().toString();
        }
        if (calendar == null && value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toString();
        }
        ZoneId zone = calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
        Instant instant = value instanceof Timestamp timestamp
                ? timestamp.toInstant()
                : Instant.ofEpochMilli(((java.util.Date) value).getTime());
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        if (value instanceof java.sql.Date) {
            return local.toLocalDate().toString();
        }
        return value instanceof Time ? local.toLocalTime().toString() : local.toString();
    }

    /** Appends any value as JSON. */
    private static void write(StringBuilder json, @Nullable Object value) throws SQLException {
        if (value == null) {
            json.append("null");
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                JsonText.quote(json, value.toString());
            } else {
                json.append(value);
            }
        } else if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof byte[] bytes) {
            JsonText.quote(json, HexFormat.of().formatHex(bytes));
        } else if (value instanceof Map<?, ?> map) {
            writeMap(json, map);
        } else if (value instanceof Struct struct) {
            writeAll(json, java.util.Arrays.asList(struct.getAttributes()));
        } else if (value instanceof Collection<?>
                || value instanceof Array
                || value.getClass().isArray()) {
            writeAll(json, ArrayTypes.values(value));
        } else {
            String dateTime = dateTime(value, Types.OTHER, null);
            JsonText.quote(json, dateTime == null ? value.toString() : dateTime);
        }
    }

    private static void writeAll(StringBuilder json, Collection<?> values) throws SQLException {
        json.append('[');
        String separator = "";
        for (Object value : values) {
            json.append(separator);
            write(json, value);
            separator = ",";
        }
        json.append(']');
    }

    private static void writeMap(StringBuilder json, Map<?, ?> map) throws SQLException {
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(separator);
            JsonText.quote(json, String.valueOf(entry.getKey()));
            json.append(':');
            write(json, entry.getValue());
            separator = ",";
        }
        json.append('}');
    }
}
