// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Long DECIMAL (unscaled, two's complement) and UUID values as the high and the low 64 bits. */
public final class Int128Vector extends Vector {
    private final long[] high;
    private final long[] low;

    public Int128Vector(DataType type, int size, long[] high, long[] low, long @Nullable [] validity) {
        super(type, size, validity);
        this.high = high;
        this.low = low;
    }

    /** The upper 64 bits; elements at NULL positions are undefined. To be read only. */
    public long[] high() {
        return high;
    }

    /** The lower 64 bits, unsigned; elements at NULL positions are undefined. To be read only. */
    public long[] low() {
        return low;
    }

    /** The 128-bit two's complement number of these halves. */
    public static BigInteger toBigInteger(long high, long low) {
        if (high == low >> 63) {
            return BigInteger.valueOf(low);
        }
        return new BigInteger(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    @Override
    Object value(int position) {
        if (type() instanceof DataType.Decimal decimal) {
            return new BigDecimal(toBigInteger(high[position], low[position]), decimal.scale());
        }
        return new UUID(high[position], low[position]);
    }

    @Override
    public Int128Vector gather(int[] positions, int count) {
        long[] newHigh = new long[count];
        long[] newLow = new long[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                newHigh[i] = high[position];
                newLow[i] = low[position];
            }
        }
        return new Int128Vector(type(), count, newHigh, newLow, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return 16L * high.length + validityBytes();
    }
}
