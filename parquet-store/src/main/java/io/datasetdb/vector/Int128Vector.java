// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Long DECIMAL (unscaled, two's complement) and UUID values as the high and the low 64 bits. Where all values fit 64 bits, as
 * nearly all DECIMALs do, the upper halves, which then are mere signs, are made only if somebody asks for them.
 */
public final class Int128Vector extends Vector {
    private final boolean narrow;
    private final long[] low;
    /** Volatile because threads that share the vector may be the first to ask at the same time. */
    private volatile long @Nullable [] high;

    public Int128Vector(DataType type, int size, long[] high, long[] low, long @Nullable [] validity) {
        super(type, size, validity);
        this.narrow = false;
        this.high = high;
        this.low = low;
    }

    private Int128Vector(DataType type, int size, long[] low, long @Nullable [] validity) {
        super(type, size, validity);
        this.narrow = true;
        this.low = low;
    }

    /** DECIMALs all of which fit 64 bits. */
    public static Int128Vector ofLongs(DataType type, int size, long[] values, long @Nullable [] validity) {
        return new Int128Vector(type, size, values, validity);
    }

    /** Whether {@link #low()}, read as signed numbers, are the values; false is no promise. */
    public boolean isNarrow() {
        return narrow;
    }

    /** The upper 64 bits; elements at NULL positions are undefined. To be read only. */
    public long[] high() {
        long[] result = high;
        if (result == null) {
            result = new long[low.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = low[i] >> 63;
            }
            high = result;
        }
        return result;
    }

    private long high(int position) {
        return narrow ? low[position] >> 63 : high()[position];
    }

    /** The same values with other NULLs. */
    public Int128Vector withValidity(long @Nullable [] validity) {
        return narrow
                ? ofLongs(type(), size(), low, validity)
                : new Int128Vector(type(), size(), high(), low, validity);
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
            return new BigDecimal(toBigInteger(high(position), low[position]), decimal.scale());
        }
        return new UUID(high(position), low[position]);
    }

    @Override
    public Int128Vector gather(int[] positions, int count) {
        long[] newLow = new long[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                newLow[i] = low[position];
            }
        }
        if (narrow) {
            return ofLongs(type(), count, newLow, gatherValidity(positions, count));
        }
        long[] highs = high();
        long[] newHigh = new long[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                newHigh[i] = highs[position];
            }
        }
        return new Int128Vector(type(), count, newHigh, newLow, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return (high == null ? 8L : 16L) * low.length + validityBytes();
    }
}
