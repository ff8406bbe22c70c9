// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the decoder of a column as a Java type. Integers and DECIMALs go to any number type that holds the value exactly, all
 * numbers to {@code float} and {@code double} as the nearest, date-times with and without zone to each other in UTC.
 */
final class Decoders {
    private Decoders() {}

    static Decoder of(Type type, DataType column, Place place) {
        Class<?> raw = JavaTypes.raw(type, place.target());
        Decoder optional = optional(type, raw, column, place);
        if (optional != null) {
            return optional;
        }
        if (raw.isPrimitive()) {
            Decoder boxed = of(JavaTypes.boxed(raw), column, place);
            return new Converted(boxed::decode, () -> {
                throw place.isNull(raw.getName());
            });
        }
        Decoder nested = nested(type, raw, column, place);
        if (nested != null) {
            return nested;
        }
        Function<Object, Object> conversion = scalar(raw, column.kind(), place);
        if (conversion == null) {
            throw place.mismatch(column, type);
        }
        return new Converted(conversion, () -> null);
    }

    private static @Nullable Decoder optional(Type type, Class<?> raw, DataType column, Place place) {
        if (raw == Optional.class) {
            Decoder inner = of(JavaTypes.argument(type, 0, place.target()), column, place);
            return new Converted(value -> Optional.of(inner.decode(value)), Optional::empty);
        }
        if (raw == OptionalInt.class) {
            Decoder inner = of(Integer.class, column, place);
            return new Converted(value -> OptionalInt.of((Integer) inner.decode(value)), OptionalInt::empty);
        }
        if (raw == OptionalLong.class) {
            Decoder inner = of(Long.class, column, place);
            return new Converted(value -> OptionalLong.of((Long) inner.decode(value)), OptionalLong::empty);
        }
        if (raw == OptionalDouble.class) {
            Decoder inner = of(Double.class, column, place);
            return new Converted(value -> OptionalDouble.of((Double) inner.decode(value)), OptionalDouble::empty);
        }
        return null;
    }

    private static @Nullable Decoder nested(Type type, Class<?> raw, DataType column, Place place) {
        if (column instanceof DataType.Array array && raw != Object.class) {
            if (raw.isArray() && raw != byte[].class) {
                Type component = JavaTypes.component(type, raw);
                return new NestedDecoder.OfArray(
                        raw.getComponentType(), of(component, array.element(), place.elements()));
            }
            Containers.OfElements container = Containers.ofElements(raw);
            if (container != null) {
                Type component = JavaTypes.argument(type, 0, place.target());
                Decoder element = of(component, array.element(), place.elements());
                checkSortable(container.isSorted(), component, array.element(), place.elements());
                return new NestedDecoder.OfCollection(element, container, place);
            }
        }
        Containers.OfEntries container = raw == Object.class ? null : Containers.ofEntries(raw);
        if (column instanceof DataType.Map map && container != null) {
            Type key = JavaTypes.argument(type, 0, place.target());
            checkSortable(container.isSorted(), key, map.key(), place.elements());
            return new NestedDecoder.OfMap(
                    of(key, map.key(), place.elements()),
                    of(JavaTypes.argument(type, 1, place.target()), map.value(), place.elements()),
                    container);
        }
        if (column instanceof DataType.Row row && raw.isRecord()) {
            return RowDecoder.ofFields(RecordShape.of(raw), raw.getSimpleName(), row.fields(), place);
        }
        return null;
    }

    private static void checkSortable(boolean isSorted, Type type, DataType column, Place place) {
        if (isSorted && !Comparable.class.isAssignableFrom(JavaTypes.raw(type, place.target()))) {
            throw place.mismatch(column, Comparable.class);
        }
    }

    private static @Nullable Function<Object, Object> scalar(Class<?> raw, Kind kind, Place place) {
        // A bare NULL column has no values, whatever it is read as.
        if (raw == Object.class || kind == Kind.NULL) {
            return Function.identity();
        }
        if (Number.class.isAssignableFrom(raw)) {
            return Numbers.conversion(raw, kind, place);
        }
        if (raw == Character.class && kind == Kind.VARCHAR) {
            return value -> character((String) value, place);
        }
        if (raw.isEnum() && kind == Kind.VARCHAR) {
            return value -> constant(raw, (String) value, place);
        }
        Class<?> plain = switch (kind) {
            case BOOLEAN -> Boolean.class;
            case VARCHAR -> String.class;
            case VARBINARY -> byte[].class;
            case DATE -> LocalDate.class;
            case TIME -> LocalTime.class;
            case UUID -> UUID.class;
            case INTERVAL_MONTH -> java.time.Period.class;
            case INTERVAL_DAY -> java.time.Duration.class;
            case TIMESTAMP -> LocalDateTime.class;
            case TIMESTAMP_LTZ -> Instant.class;
            case ARRAY, MAP, NULL -> null;
            case ROW -> List.class;
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> null;
        };
        return raw == plain ? Function.identity() : dateTime(raw, kind);
    }

    private static @Nullable Function<Object, Object> dateTime(Class<?> raw, Kind kind) {
        if (kind != Kind.TIMESTAMP && kind != Kind.TIMESTAMP_LTZ) {
            return null;
        }
        Function<Object, Instant> instant =
                value -> value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
        if (raw == Instant.class) {
            return instant::apply;
        }
        if (raw == OffsetDateTime.class) {
            return value -> instant.apply(value).atOffset(ZoneOffset.UTC);
        }
        if (raw == ZonedDateTime.class) {
            return value -> instant.apply(value).atZone(ZoneOffset.UTC);
        }
        return raw == LocalDateTime.class
                ? value -> LocalDateTime.ofInstant(instant.apply(value), ZoneOffset.UTC)
                : null;
    }

    private static Object character(String text, Place place) {
        if (text.length() != 1) {
            throw place.badValue("char", text, new IllegalArgumentException(text));
        }
        return text.charAt(0);
    }

    private static Object constant(Class<?> type, String name, Place place) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw place.badValue(type.getSimpleName(), name, new IllegalArgumentException(name));
    }

    /** What NULL becomes. */
    private interface Absent {
        @Nullable
        Object get();
    }

    private static final class Converted extends Decoder {
        private final Function<Object, Object> conversion;
        private final Absent absent;

        Converted(Function<Object, Object> conversion, Absent absent) {
            this.conversion = conversion;
            this.absent = absent;
        }

        @Override
        Object decode(Object value) {
            return conversion.apply(value);
        }

        @Override
        @Nullable
        Object ofNull() {
            return absent.get();
        }
    }
}
