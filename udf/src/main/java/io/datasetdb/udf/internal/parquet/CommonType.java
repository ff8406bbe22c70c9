// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.parquet;

import io.datasetdb.vector.DataType;
import org.jspecify.annotations.Nullable;

/** The narrowest type that holds all values of two, as far as a store reads files of either in it. */
final class CommonType {
    /** Digits of the widest integer type whose every value is a DOUBLE. */
    private static final int DOUBLE_DIGITS = 10;

    private CommonType() {}

    /** The common type, {@code null} if there is none without a loss. */
    static @Nullable DataType of(DataType left, DataType right) {
        // That one file has no NULLs in a nested field makes no difference.
        if (left.sql().equals(right.sql())) {
            return left;
        }
        DataType wider = wider(left, right);
        return wider == null ? wider(right, left) : wider;
    }

    private static @Nullable DataType wider(DataType from, DataType to) {
        if (from instanceof DataType.Decimal a && to instanceof DataType.Decimal b) {
            return decimal(
                    Math.max(a.precision() - a.scale(), b.precision() - b.scale()), Math.max(a.scale(), b.scale()));
        }
        int digits = from.kind().integerDigits();
        if (digits == 0) {
            return from.kind() == DataType.Kind.REAL && to.kind() == DataType.Kind.DOUBLE ? to : null;
        }
        if (to instanceof DataType.Decimal decimal) {
            return decimal(Math.max(digits, decimal.precision() - decimal.scale()), decimal.scale());
        }
        return to.kind() == DataType.Kind.DOUBLE && digits <= DOUBLE_DIGITS
                        || to.kind().integerDigits() > digits
                ? to
                : null;
    }

    private static @Nullable DataType decimal(int wholeDigits, int scale) {
        boolean fits = wholeDigits + scale <= DataType.MAX_DECIMAL_PRECISION;
        return fits ? DataType.decimal(wholeDigits + scale, scale) : null;
    }
}
