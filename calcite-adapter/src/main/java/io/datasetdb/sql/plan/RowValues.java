// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * Values between the Java types that {@link DataType} lists and the forms of Calcite's generated code: DATE as int days,
 * TIME and TIMESTAMP as milliseconds, VARBINARY as ByteString, ROW as Object[], intervals as months or milliseconds.
 */
final class RowValues {
    /** Converts one value; {@code null} stays {@code null}. */
    interface Converter {
        @Nullable
        Object convert(@Nullable Object value);
    }

    /** Converts a value that is there. */
    private interface Present {
        Object convert(Object value);
    }

    private RowValues() {}

    private static Converter nullSafe(Present present) {
        return value -> value == null ? null : present.convert(value);
    }

    /** From our value to Calcite's. */
    static Converter toRow(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case DATE -> nullSafe(value -> (int) ((LocalDate) value).toEpochDay());
            case TIME -> nullSafe(value -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000));
            case TIMESTAMP ->
                nullSafe(value ->
                        ((LocalDateTime) value).toInstant(ZoneOffset.UTC).toEpochMilli());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> nullSafe(value -> ((Instant) value).toEpochMilli());
            case VARBINARY, BINARY -> nullSafe(value -> new ByteString((byte[]) value));
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
                nullSafe(value -> (int) ((Period) value).toTotalMonths());
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> nullSafe(value -> ((Duration) value).toMillis());
            case ARRAY, MULTISET -> listToRow(type);
            case MAP -> mapToRow(type);
            case ROW, STRUCTURED -> structToRow(type);
            default -> value -> value;
        };
    }

    private static Converter listToRow(RelDataType type) {
        Converter element = toRow(java.util.Objects.requireNonNull(type.getComponentType()));
        return nullSafe(value -> {
            List<@Nullable Object> result = new ArrayList<>();
            ((List<?>) value).forEach(item -> result.add(element.convert(item)));
            return result;
        });
    }

    private static Converter mapToRow(RelDataType type) {
        Converter key = toRow(java.util.Objects.requireNonNull(type.getKeyType()));
        Converter item = toRow(java.util.Objects.requireNonNull(type.getValueType()));
        return nullSafe(value -> {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((k, v) -> result.put(key.convert(k), item.convert(v)));
            return result;
        });
    }

    private static Converter structToRow(RelDataType type) {
        List<Converter> fields = type.getFieldList().stream()
                .map(RelDataTypeField::getType)
                .map(RowValues::toRow)
                .toList();
        return nullSafe(value -> {
            List<?> row = (List<?>) value;
            Object[] result = new Object[fields.size()];
            for (int i = 0; i < result.length; i++) {
                result[i] = fields.get(i).convert(row.get(i));
            }
            return result;
        });
    }

    /** From Calcite's value to ours. */
    static Converter fromRow(RelDataType type, DataType target) {
        return switch (target.kind()) {
            case BOOLEAN, VARCHAR, NULL -> nullSafe(RowValues::text);
            case TINYINT -> nullSafe(value -> ((Number) value).byteValue());
            case SMALLINT -> nullSafe(value -> ((Number) value).shortValue());
            case INTEGER -> nullSafe(value -> ((Number) value).intValue());
            case BIGINT -> nullSafe(value -> ((Number) value).longValue());
            case REAL -> nullSafe(value -> ((Number) value).floatValue());
            case DOUBLE -> nullSafe(value -> ((Number) value).doubleValue());
            case DECIMAL -> nullSafe(value -> decimal(value, (DataType.Decimal) target));
            case VARBINARY -> nullSafe(value -> ((ByteString) value).getBytes());
            case DATE -> nullSafe(value -> LocalDate.ofEpochDay(((Number) value).longValue()));
            case TIME -> nullSafe(value -> LocalTime.ofNanoOfDay(((Number) value).longValue() * 1_000_000));
            case TIMESTAMP ->
                nullSafe(value ->
                        LocalDateTime.ofInstant(Instant.ofEpochMilli(((Number) value).longValue()), ZoneOffset.UTC));
            case TIMESTAMP_LTZ -> nullSafe(value -> Instant.ofEpochMilli(((Number) value).longValue()));
            case UUID -> nullSafe(value -> value instanceof UUID uuid ? uuid : UUID.fromString(value.toString()));
            case INTERVAL_MONTH -> nullSafe(value -> Period.ofMonths(((Number) value).intValue()));
            case INTERVAL_DAY -> nullSafe(value -> Duration.of(((Number) value).longValue(), ChronoUnit.MILLIS));
            case ARRAY -> listFromRow(type, (DataType.Array) target);
            case MAP -> mapFromRow(type, (DataType.Map) target);
            case ROW -> structFromRow(type, (DataType.Row) target);
        };
    }

    private static Object text(Object value) {
        return value instanceof Boolean ? value : value.toString();
    }

    private static Object decimal(Object value, DataType.Decimal target) {
        BigDecimal number = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        return number.setScale(target.scale(), java.math.RoundingMode.HALF_UP);
    }

    private static Converter listFromRow(RelDataType type, DataType.Array target) {
        Converter element = fromRow(java.util.Objects.requireNonNull(type.getComponentType()), target.element());
        return nullSafe(value -> {
            List<@Nullable Object> result = new ArrayList<>();
            ((Iterable<?>) value).forEach(item -> result.add(element.convert(item)));
            return result;
        });
    }

    private static Converter mapFromRow(RelDataType type, DataType.Map target) {
        Converter key = fromRow(java.util.Objects.requireNonNull(type.getKeyType()), target.key());
        Converter item = fromRow(java.util.Objects.requireNonNull(type.getValueType()), target.value());
        return nullSafe(value -> {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((k, v) -> result.put(key.convert(k), item.convert(v)));
            return result;
        });
    }

    private static Converter structFromRow(RelDataType type, DataType.Row target) {
        List<Converter> fields = new ArrayList<>();
        for (int i = 0; i < target.fields().size(); i++) {
            fields.add(fromRow(
                    type.getFieldList().get(i).getType(), target.fields().get(i).type()));
        }
        return nullSafe(value -> {
            List<?> row = value instanceof Object[] array ? java.util.Arrays.asList(array) : (List<?>) value;
            List<@Nullable Object> result = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                result.add(fields.get(i).convert(row.get(i)));
            }
            return result;
        });
    }
}
