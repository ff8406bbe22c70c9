// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import org.apache.parquet.io.ParquetDecodingException;

/** Conversions of stored integers. */
final class IntConversions {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private IntConversions() {}

    /** The low {@code 32 - shift} bits of each value with their sign. */
    static IntVector signed(DataType type, IntVector raw, int shift) {
        int[] result = new int[raw.size()];
        int[] values = raw.values();
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] << shift >> shift;
        }
        return new IntVector(type, result.length, result, raw.validity());
    }

    /** The low {@code width} bits of each value. */
    static IntVector unsigned(DataType type, IntVector raw, int width) {
        int[] result = new int[raw.size()];
        int[] values = raw.values();
        int mask = (1 << width) - 1;
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] & mask;
        }
        return new IntVector(type, result.length, result, raw.validity());
    }

    static LongVector unsignedLong(DataType type, IntVector raw) {
        long[] result = new long[raw.size()];
        int[] values = raw.values();
        for (int i = 0; i < result.length; i++) {
            result[i] = Integer.toUnsignedLong(values[i]);
        }
        return new LongVector(type, result.length, result, raw.validity());
    }

    /** Each value times {@code factor}. */
    static LongVector toLong(DataType type, IntVector raw, int factor) {
        long[] result = new long[raw.size()];
        int[] values = raw.values();
        for (int i = 0; i < result.length; i++) {
            result[i] = (long) values[i] * factor;
        }
        return new LongVector(type, result.length, result, raw.validity());
    }

    static LongVector times(DataType type, LongVector raw, int factor) {
        long[] result = new long[raw.size()];
        long[] values = raw.values();
        long limit = Long.MAX_VALUE / factor;
        for (int i = 0; i < result.length; i++) {
            if (values[i] > limit || values[i] < -limit) {
                throw new ParquetDecodingException(
                        "a timestamp is beyond the range of microseconds (" + values[i] + ")");
            }
            result[i] = values[i] * factor;
        }
        return new LongVector(type, result.length, result, raw.validity());
    }

    static LongVector floorDivided(DataType type, LongVector raw, int divisor) {
        long[] result = new long[raw.size()];
        long[] values = raw.values();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.floorDiv(values[i], divisor);
        }
        return new LongVector(type, result.length, result, raw.validity());
    }

    static Int128Vector unsignedDecimal(DataType type, LongVector raw) {
        return new Int128Vector(type, raw.size(), new long[raw.size()], raw.values(), raw.validity());
    }

    /** The vector itself, once every value is known to be within a day. */
    static LongVector timeOfDay(LongVector times) {
        long[] values = times.values();
        for (int i = 0; i < times.size(); i++) {
            if ((values[i] < 0 || values[i] >= MICROS_PER_DAY) && !times.isNull(i)) {
                throw new ParquetDecodingException("a time of day is out of range (" + values[i] + " microseconds)");
            }
        }
        return times;
    }
}
