// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.number;

import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers or unscaled DECIMALs of any form, read as 128 bits.
 *
 * @param high the upper halves, {@code null} if all values fit 64 bits
 * @param low the lower halves
 * @param mask {@code position & mask} is where the value of a position is: -1, or 0 for a constant
 */
public record ExactOperand(long @Nullable [] high, long[] low, int mask) {
    /** @param argument a value vector or a constant that is not NULL */
    public static ExactOperand of(Vector argument) {
        if (argument instanceof ConstantVector constant) {
            ExactOperand single = of(constant.single());
            return new ExactOperand(single.high, single.low, 0);
        }
        if (argument instanceof LongVector longs) {
            return new ExactOperand(null, longs.values(), -1);
        }
        if (argument instanceof Int128Vector wide) {
            return new ExactOperand(wide.isNarrow() ? null : wide.high(), wide.low(), -1);
        }
        int[] ints = ((IntVector) argument).values();
        long[] values = new long[argument.size()];
        for (int p = 0; p < values.length; p++) {
            values[p] = ints[p];
        }
        return new ExactOperand(null, values, -1);
    }

    public boolean isLong() {
        return high == null;
    }

    public long low(int position) {
        return low[position & mask];
    }

    public long high(int position) {
        return high == null ? low[position & mask] >> 63 : high[position & mask];
    }

    public BigInteger big(int position) {
        return Int128Vector.toBigInteger(high(position), low(position));
    }
}
