// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Parameter values as they come over the wire, turned into the Java types that {@link DataType} lists for the types of the
 * parameters; numbers that do not fit them stay what they are. ARRAY, MAP and ROW come as lists or as JSON text.
 */
final class Arguments {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Arguments() {}

    /** One value a parameter. */
    static List<@Nullable Object> of(List<Field> parameters, List<TypedValue> values) {
        if (values.size() != parameters.size()) {
            throw new DatasetDbException(
                    ServerError.WRONG_ARGUMENT_COUNT,
                    "Cannot execute the statement: it has " + parameters.size() + " parameters, not " + values.size());
        }
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            result.add(value(values.get(i), parameters.get(i).type(), i + 1));
        }
        return result;
    }

    private static @Nullable Object value(@Nullable TypedValue typed, DataType type, int index) {
        if (typed == null || typed.value == null) {
            return null;
        }
        Object natural = typed.value;
        try {
            natural = natural(typed);
            return convert(natural, type);
        } catch (ArithmeticException e) {
            if (natural instanceof Number) {
                // The statement computes with what the number is.
                return natural;
            }
            throw new DatasetDbException(
                    ServerError.ARGUMENT_OUT_OF_RANGE,
                    "Cannot set parameter " + index + ": the value does not fit " + type.sql() + " (" + typed.value
                            + ")",
                    e);
        } catch (RuntimeException e) {
            throw new DatasetDbException(
                    ServerError.BAD_ARGUMENT,
                    "Cannot set parameter " + index + ": the value is no " + type.sql() + " (" + typed.value + ")",
                    e);
        }
    }

    /** Stock clients send date-times as numbers, which only the representation tells from numbers. */
    private static Object natural(TypedValue typed) {
        return switch (typed.type) {
            case JAVA_SQL_DATE -> java.time.LocalDate.ofEpochDay(((Number) typed.value).longValue());
            case JAVA_SQL_TIME -> java.time.LocalTime.ofNanoOfDay(1_000_000L * ((Number) typed.value).longValue());
            case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE ->
                java.time.LocalDateTime.ofInstant(
                        java.time.Instant.ofEpochMilli(((Number) typed.value).longValue()), java.time.ZoneOffset.UTC);
            case BYTE_STRING -> {
                Object bytes = typed.toLocal();
                yield ((org.apache.calcite.avatica.util.ByteString) bytes).getBytes();
            }
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (Object element : (List<?>) typed.value) {
                    elements.add(
                            element instanceof TypedValue nested
                                    ? nested.value == null ? null : natural(nested)
                                    : element);
                }
                yield elements;
            }
            // JSON has one kind of numbers with a point, BigDecimal or not.
            case NUMBER -> typed.value instanceof Double real ? BigDecimal.valueOf(real) : typed.value;
            default -> typed.value;
        };
    }

    private static Object convert(Object value, DataType type) {
        if (type instanceof DataType.Array array) {
            List<@Nullable Object> result = new ArrayList<>();
            for (Object element : (List<?>) structure(value)) {
                result.add(element == null ? null : convert(element, array.element()));
            }
            return result;
        }
        if (type instanceof DataType.Map map) {
            Map<Object, @Nullable Object> result = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) structure(value)).entrySet()) {
                Object item = entry.getValue();
                result.put(convert(entry.getKey(), map.key()), item == null ? null : convert(item, map.value()));
            }
            return result;
        }
        if (type instanceof DataType.Row row) {
            return row(row, structure(value));
        }
        return ScalarArguments.convert(value, type);
    }

    private static List<@Nullable Object> row(DataType.Row type, Object value) {
        List<@Nullable Object> result = new ArrayList<>();
        for (Field field : type.fields()) {
            Object item = value instanceof Map<?, ?> map ? map.get(field.name()) : ((List<?>) value).get(result.size());
            result.add(item == null ? null : convert(item, field.type()));
        }
        return result;
    }

    /** Lists and maps as they are; text as the JSON that it must be. */
    private static Object structure(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return java.util.Objects.requireNonNull(plain(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isArray()) {
            List<@Nullable Object> result = new ArrayList<>();
            node.forEach(element -> result.add(plain(element)));
            return result;
        }
        if (node.isObject()) {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            node.properties().forEach(entry -> result.put(entry.getKey(), plain(entry.getValue())));
            return result;
        }
        if (node.isNumber()) {
            return node.decimalValue();
        }
        return node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.asText();
    }
}
