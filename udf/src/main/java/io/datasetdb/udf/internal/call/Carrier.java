// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

import io.datasetdb.vector.DataType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The forms in which a row method takes and returns values; all boxed and composite ones are {@link #OBJECT}. */
public enum Carrier {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    BYTES,
    FLOATS,
    DOUBLES,
    OBJECT;

    private static final Map<Class<?>, Carrier> BY_CLASS = Map.ofEntries(
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(byte.class, BYTE),
            Map.entry(short.class, SHORT),
            Map.entry(int.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(float.class, FLOAT),
            Map.entry(double.class, DOUBLE),
            Map.entry(String.class, STRING),
            Map.entry(byte[].class, BYTES),
            Map.entry(float[].class, FLOATS),
            Map.entry(double[].class, DOUBLES));

    private static final Map<Class<?>, DataType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, DataType.BOOLEAN),
            Map.entry(Boolean.class, DataType.BOOLEAN),
            Map.entry(byte.class, DataType.TINYINT),
            Map.entry(Byte.class, DataType.TINYINT),
            Map.entry(short.class, DataType.SMALLINT),
            Map.entry(Short.class, DataType.SMALLINT),
            Map.entry(int.class, DataType.INTEGER),
            Map.entry(Integer.class, DataType.INTEGER),
            Map.entry(long.class, DataType.BIGINT),
            Map.entry(Long.class, DataType.BIGINT),
            Map.entry(float.class, DataType.REAL),
            Map.entry(Float.class, DataType.REAL),
            Map.entry(double.class, DataType.DOUBLE),
            Map.entry(Double.class, DataType.DOUBLE),
            Map.entry(String.class, DataType.VARCHAR),
            Map.entry(byte[].class, DataType.VARBINARY),
            Map.entry(float[].class, DataType.array(DataType.REAL)),
            Map.entry(double[].class, DataType.array(DataType.DOUBLE)),
            Map.entry(LocalDate.class, DataType.DATE),
            Map.entry(LocalTime.class, DataType.TIME),
            Map.entry(LocalDateTime.class, DataType.TIMESTAMP),
            Map.entry(Instant.class, DataType.TIMESTAMP_LTZ),
            Map.entry(UUID.class, DataType.UUID));

    /** The form of values of this Java class. */
    public static Carrier of(Class<?> javaClass) {
        Carrier carrier = BY_CLASS.get(javaClass);
        return carrier == null ? OBJECT : carrier;
    }

    /** The SQL type that a Java type means by itself; empty where only a declaration can tell. */
    public static Optional<DataType> naturalType(Type type) {
        if (type instanceof Class<?> javaClass) {
            return Optional.ofNullable(TYPES.get(javaClass));
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return naturalType(arguments[0]).map(DataType::array);
            }
            if (generic.getRawType() == Map.class) {
                return naturalType(arguments[0])
                        .flatMap(key -> naturalType(arguments[1]).map(value -> DataType.map(key, value)));
            }
        }
        return Optional.empty();
    }

    /** Whether a Java class can hold values of an SQL type. */
    public static boolean fits(Class<?> javaClass, DataType type) {
        return kinds(javaClass).contains(type.kind())
                && (javaClass != float[].class || type.equals(DataType.array(DataType.REAL)))
                && (javaClass != double[].class || type.equals(DataType.array(DataType.DOUBLE)));
    }

    private static Set<DataType.Kind> kinds(Class<?> javaClass) {
        if (javaClass == int.class) {
            return EnumSet.of(DataType.Kind.INTEGER, DataType.Kind.DATE);
        }
        if (javaClass == long.class) {
            return EnumSet.of(
                    DataType.Kind.BIGINT, DataType.Kind.TIME, DataType.Kind.TIMESTAMP, DataType.Kind.TIMESTAMP_LTZ);
        }
        if (javaClass == java.math.BigDecimal.class) {
            return EnumSet.of(DataType.Kind.DECIMAL);
        }
        if (javaClass == List.class) {
            return EnumSet.of(DataType.Kind.ARRAY, DataType.Kind.ROW);
        }
        if (javaClass == Map.class) {
            return EnumSet.of(DataType.Kind.MAP);
        }
        DataType natural = TYPES.get(javaClass);
        return natural == null ? Set.of() : EnumSet.of(natural.kind());
    }
}
