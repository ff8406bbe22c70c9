// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.vector.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Numbers of columns as numbers of Java. */
final class Numbers {
    private Numbers() {}

    static @Nullable Function<Object, Object> conversion(Class<?> target, Kind kind, Place place) {
        boolean exact = kind.integerDigits() > 0 || kind == Kind.DECIMAL;
        if (!exact && kind != Kind.REAL && kind != Kind.DOUBLE) {
            return null;
        }
        if (target == Double.class) {
            return value -> ((Number) value).doubleValue();
        }
        if (target == Float.class) {
            return value -> ((Number) value).floatValue();
        }
        if (target == Number.class) {
            return Function.identity();
        }
        return exact ? checked(target, place) : null;
    }

    private static @Nullable Function<Object, Object> checked(Class<?> target, Place place) {
        Function<BigDecimal, Object> conversion = exact(target);
        if (conversion == null) {
            return null;
        }
        String name = target.getSimpleName();
        return value -> {
            if (target == Long.class && value instanceof Long || target == Integer.class && value instanceof Integer) {
                return value;
            }
            try {
                return conversion.apply(
                        value instanceof BigDecimal decimal
                                ? decimal
                                : BigDecimal.valueOf(((Number) value).longValue()));
            } catch (ArithmeticException e) {
                throw place.badValue(name, value, e);
            }
        };
    }

    private static @Nullable Function<BigDecimal, Object> exact(Class<?> target) {
        if (target == Long.class) {
            return BigDecimal::longValueExact;
        }
        if (target == Integer.class) {
            return BigDecimal::intValueExact;
        }
        if (target == Short.class) {
            return BigDecimal::shortValueExact;
        }
        if (target == Byte.class) {
            return BigDecimal::byteValueExact;
        }
        if (target == BigInteger.class) {
            return BigDecimal::toBigIntegerExact;
        }
        return target == BigDecimal.class ? decimal -> decimal : null;
    }
}
