// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares values of predicates with bounds of statistics, whose Java types differ when files were widened. */
final class BoundOrder {
    private BoundOrder() {}

    /**
     * A value in the form in which it is compared: Double for floating-point numbers, BigDecimal for exact ones, byte[]
     * for strings and UUIDs; others as they are. NaN has no place in the order and is {@code null}.
     */
    static @Nullable Object comparable(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) ? null : (Object) number;
        }
        if (value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof UUID uuid) {
            return ByteBuffer.allocate(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        }
        return value;
    }

    /**
     * Compares two comparable values; {@code null} if they are of different kinds. Zeros are equal whatever their sign.
     */
    static @Nullable Integer compare(Object left, Object right) {
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
        if (left instanceof Number && right instanceof Number && (left instanceof Double || right instanceof Double)) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (left.getClass() == right.getClass() && left instanceof Comparable<?>) {
            return compareSame(left, right);
        }
        return null;
    }

    @SuppressWarnings("unchecked") // both are of one class, which is comparable with itself
    private static int compareSame(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** Whether the value is a floating-point zero, of which there are two. */
    static boolean isFloatingZero(Object value) {
        return value instanceof Double number && number == 0;
    }
}
