// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON (RFC 8259). ROW is an object, ARRAY an array, MAP an object whose keys are the keys' text, DECIMAL a
 * number with all its digits. JSON has no NaN and no infinity: those are the strings {@code "NaN"}, {@code "Infinity"},
 * {@code "-Infinity"}. Date-times are ISO 8601 strings, VARBINARY is a hexadecimal string.
 */
public final class JsonText {
    private JsonText() {}

    /** The JSON of a value, given as the Java type that {@link DataType} lists. */
    public static String of(DataType type, @Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(text, type, value);
        return text.toString();
    }

    /** Appends the JSON of a value. */
    public static void write(StringBuilder text, DataType type, @Nullable Object value) {
        if (value == null) {
            text.append("null");
            return;
        }
        switch (type.kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> text.append(ValueText.of(type, value));
            case REAL, DOUBLE -> {
                double number = ((Number) value).doubleValue();
                if (Double.isNaN(number) || Double.isInfinite(number)) {
                    quote(text, value.toString());
                } else {
                    text.append(ValueText.of(type, value));
                }
            }
            case TIMESTAMP -> quote(text, ValueText.timestamp((LocalDateTime) value, 'T'));
            case TIMESTAMP_LTZ ->
                quote(text, ValueText.timestamp(LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC), 'T') + "Z");
            case VARCHAR, VARBINARY, DATE, TIME, UUID, INTERVAL_MONTH, INTERVAL_DAY ->
                quote(text, ValueText.of(type, value));
            case ARRAY -> array(text, ((DataType.Array) type).element(), (List<?>) value);
            case MAP -> map(text, (DataType.Map) type, (Map<?, ?>) value);
            case ROW -> row(text, (DataType.Row) type, (List<?>) value);
            case NULL -> text.append("null");
        }
    }

    private static void array(StringBuilder text, DataType element, List<?> values) {
        text.append('[');
        String separator = "";
        for (Object value : values) {
            text.append(separator);
            write(text, element, value);
            separator = ",";
        }
        text.append(']');
    }

    private static void map(StringBuilder text, DataType.Map type, Map<?, ?> entries) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            text.append(separator);
            quote(text, ValueText.of(type.key(), entry.getKey()));
            text.append(':');
            write(text, type.value(), entry.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private static void row(StringBuilder text, DataType.Row type, List<?> values) {
        text.append('{');
        for (int i = 0; i < values.size(); i++) {
            Field field = type.fields().get(i);
            text.append(i == 0 ? "" : ",");
            quote(text, field.name());
            text.append(':');
            write(text, field.type(), values.get(i));
        }
        text.append('}');
    }

    /** Appends a JSON string. */
    public static void quote(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c) && !paired(value, i)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean paired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
