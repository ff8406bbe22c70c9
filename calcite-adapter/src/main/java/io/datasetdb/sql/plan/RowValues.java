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
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Values between the Java types that {@link DataType} lists and the forms of Calcite's generated code: DATE as int days,
 * TIME and TIMESTAMP as milliseconds, VARBINARY as ByteString, ROW as Object[], intervals as months or milliseconds.
 *
 * <p>Code that only moves and compares times, inside arrays, maps and rows, is made for BIGINT instead ({@link #opaque}) and gets
 * microseconds: none are lost.
 */
final class RowValues {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

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

    /** Whether a value of this type holds times inside. */
    static boolean nestsTimes(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case ARRAY, MULTISET -> holdsTimes(java.util.Objects.requireNonNull(type.getComponentType()));
            case MAP ->
                holdsTimes(java.util.Objects.requireNonNull(type.getKeyType()))
                        || holdsTimes(java.util.Objects.requireNonNull(type.getValueType()));
            case ROW, STRUCTURED ->
                type.getFieldList().stream().map(RelDataTypeField::getType).anyMatch(RowValues::holdsTimes);
            default -> false;
        };
    }

    private static boolean holdsTimes(RelDataType type) {
        return isTime(type) || nestsTimes(type);
    }

    /** Whether it is a type of which Calcite's code sees milliseconds. */
    static boolean isTime(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> false;
        };
    }

    /** The type with BIGINT in the place of times. */
    static RelDataType opaque(RelDataTypeFactory factory, RelDataType type) {
        RelDataType result = switch (type.getSqlTypeName()) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> factory.createSqlType(SqlTypeName.BIGINT);
            case ARRAY, MULTISET ->
                factory.createArrayType(opaque(factory, java.util.Objects.requireNonNull(type.getComponentType())), -1);
            case MAP ->
                factory.createMapType(
                        opaque(factory, java.util.Objects.requireNonNull(type.getKeyType())),
                        opaque(factory, java.util.Objects.requireNonNull(type.getValueType())));
            case ROW, STRUCTURED ->
                factory.createStructType(
                        type.getStructKind(),
                        type.getFieldList().stream()
                                .map(field -> opaque(factory, field.getType()))
                                .toList(),
                        type.getFieldNames());
            default -> type;
        };
        return factory.createTypeWithNullability(result, type.isNullable());
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / NANOS_PER_MICRO;
    }

    private static Instant instant(Object micros) {
        long value = ((Number) micros).longValue();
        return Instant.ofEpochSecond(
                Math.floorDiv(value, MICROS_PER_SECOND), Math.floorMod(value, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    private static @Nullable Converter opaqueToRow(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TIME -> nullSafe(value -> ((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO);
            case TIMESTAMP -> nullSafe(value -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> nullSafe(value -> micros((Instant) value));
            default -> null;
        };
    }

    private static @Nullable Converter opaqueFromRow(DataType target) {
        if (target.kind() == DataType.Kind.TIME) {
            return nullSafe(value -> LocalTime.ofNanoOfDay(((Number) value).longValue() * NANOS_PER_MICRO));
        }
        if (target.kind() == DataType.Kind.TIMESTAMP) {
            return nullSafe(value -> LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC));
        }
        return target.kind() == DataType.Kind.TIMESTAMP_LTZ ? nullSafe(RowValues::instant) : null;
    }

    /**
     * From our value to Calcite's.
     *
     * @param opaque whether the code is made for the {@link #opaque} type
     */
    static Converter toRow(RelDataType type, boolean opaque) {
        Converter time = opaque ? opaqueToRow(type) : null;
        if (time != null) {
            return time;
        }
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
            case ARRAY, MULTISET -> listToRow(type, opaque);
            case MAP -> mapToRow(type, opaque);
            case ROW, STRUCTURED -> structToRow(type, opaque);
            default -> value -> value;
        };
    }

    private static Converter listToRow(RelDataType type, boolean opaque) {
        Converter element = toRow(java.util.Objects.requireNonNull(type.getComponentType()), opaque);
        return nullSafe(value -> {
            List<@Nullable Object> result = new ArrayList<>();
            ((List<?>) value).forEach(item -> result.add(element.convert(item)));
            return result;
        });
    }

    private static Converter mapToRow(RelDataType type, boolean opaque) {
        Converter key = toRow(java.util.Objects.requireNonNull(type.getKeyType()), opaque);
        Converter item = toRow(java.util.Objects.requireNonNull(type.getValueType()), opaque);
        return nullSafe(value -> {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((k, v) -> result.put(key.convert(k), item.convert(v)));
            return result;
        });
    }

    private static Converter structToRow(RelDataType type, boolean opaque) {
        List<Converter> fields = type.getFieldList().stream()
                .map(field -> toRow(field.getType(), opaque))
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

    /**
     * From Calcite's value to ours.
     *
     * @param opaque whether the code is made for the {@link #opaque} type
     */
    static Converter fromRow(RelDataType type, DataType target, boolean opaque) {
        Converter time = opaque ? opaqueFromRow(target) : null;
        if (time != null) {
            return time;
        }
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
            case ARRAY -> listFromRow(type, (DataType.Array) target, opaque);
            case MAP -> mapFromRow(type, (DataType.Map) target, opaque);
            case ROW -> structFromRow(type, (DataType.Row) target, opaque);
        };
    }

    private static Object text(Object value) {
        return value instanceof Boolean ? value : value.toString();
    }

    private static Object decimal(Object value, DataType.Decimal target) {
        BigDecimal number = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        return number.setScale(target.scale(), java.math.RoundingMode.HALF_UP);
    }

    private static Converter listFromRow(RelDataType type, DataType.Array target, boolean opaque) {
        Converter element =
                fromRow(java.util.Objects.requireNonNull(type.getComponentType()), target.element(), opaque);
        return nullSafe(value -> {
            List<@Nullable Object> result = new ArrayList<>();
            ((Iterable<?>) value).forEach(item -> result.add(element.convert(item)));
            return result;
        });
    }

    private static Converter mapFromRow(RelDataType type, DataType.Map target, boolean opaque) {
        Converter key = fromRow(java.util.Objects.requireNonNull(type.getKeyType()), target.key(), opaque);
        Converter item = fromRow(java.util.Objects.requireNonNull(type.getValueType()), target.value(), opaque);
        return nullSafe(value -> {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((k, v) -> result.put(key.convert(k), item.convert(v)));
            return result;
        });
    }

    private static Converter structFromRow(RelDataType type, DataType.Row target, boolean opaque) {
        List<Converter> fields = new ArrayList<>();
        for (int i = 0; i < target.fields().size(); i++) {
            fields.add(fromRow(
                    type.getFieldList().get(i).getType(), target.fields().get(i).type(), opaque));
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
