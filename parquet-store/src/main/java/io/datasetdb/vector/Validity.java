// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bitmaps that say which positions of a vector hold a value: bit {@code i} of word {@code i / 64} is 1 where position
 * {@code i} is not NULL. No bitmap ({@code null}) means that nothing is NULL, so that loops can ask once.
 */
public final class Validity {
    private Validity() {}

    /** The words that {@code size} bits take. */
    public static int words(int size) {
        return (size + 63) >>> 6;
    }

    /** A bitmap of {@code size} positions, all of which hold a value. */
    public static long[] allValid(int size) {
        long[] bits = new long[words(size)];
        Arrays.fill(bits, -1L);
        return bits;
    }

    /** A bitmap of {@code size} positions, all of which are NULL. */
    public static long[] allNull(int size) {
        return new long[words(size)];
    }

    public static boolean isValid(long @Nullable [] bits, int position) {
        return bits == null || (bits[position >>> 6] & (1L << position)) != 0;
    }

    public static void setValid(long[] bits, int position) {
        bits[position >>> 6] |= 1L << position;
    }

    public static void setNull(long[] bits, int position) {
        bits[position >>> 6] &= ~(1L << position);
    }

    /** Valid where both are; {@code null} when neither has NULLs. May return an argument: never write to the result. */
    public static long @Nullable [] and(long @Nullable [] left, long @Nullable [] right) {
        if (left == null) {
            return right;
        }
        if (right == null || left == right) {
            return left;
        }
        long[] result = new long[Math.min(left.length, right.length)];
        for (int i = 0; i < result.length; i++) {
            result[i] = left[i] & right[i];
        }
        return result;
    }
}
