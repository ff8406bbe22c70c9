// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Vectors of results from the arrays of accumulators and window functions. */
public final class Results {
    private Results() {}

    /** Bits of the elements from {@code from} to {@code to - 1} that are TRUE, or {@code null} if all are. */
    static long @Nullable [] validity(boolean[] seen, int from, int to) {
        long[] result = null;
        for (int i = from; i < to; i++) {
            if (!seen[i]) {
                result = result == null ? Validity.allValid(to - from) : result;
                Validity.setNull(result, i - from);
            }
        }
        return result;
    }

    /** As {@link #validity(boolean[], int, int)} for counts that are at least {@code minimum}. */
    static long @Nullable [] validity(long[] counts, long minimum, int from, int to) {
        boolean[] enough = new boolean[to - from];
        for (int i = 0; i < enough.length; i++) {
            enough[i] = counts[from + i] >= minimum;
        }
        return validity(enough, 0, enough.length);
    }

    /** Whole numbers (unscaled, for DECIMAL) as any type that is kept in 64 or 32 bits. */
    public static Vector longs(DataType type, long[] values, int from, int to, long @Nullable [] validity) {
        int count = to - from;
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INTEGER, DATE -> {
                int[] ints = new int[count];
                for (int i = 0; i < count; i++) {
                    ints[i] = (int) values[from + i];
                }
                yield new IntVector(type, count, ints, validity);
            }
            case BIGINT, DECIMAL, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY ->
                new LongVector(type, count, Arrays.copyOfRange(values, from, to), validity);
            case BOOLEAN, REAL, DOUBLE, VARCHAR, VARBINARY, UUID, ARRAY, MAP, ROW, NULL ->
                throw new IllegalStateException("not a whole number: " + type);
        };
    }

    /** DOUBLEs, all of {@code values}, as DOUBLE, REAL, DECIMAL (rounded half up) or a whole number (truncated). */
    public static Vector doubles(DataType type, double[] values, long @Nullable [] validity) {
        int count = values.length;
        return switch (type.kind()) {
            case DOUBLE -> new DoubleVector(type, count, values, validity);
            case REAL -> {
                float[] floats = new float[count];
                for (int i = 0; i < count; i++) {
                    floats[i] = (float) values[i];
                }
                yield new FloatVector(type, count, floats, validity);
            }
            case DECIMAL -> {
                VectorBuilder builder = VectorBuilder.of(type, count);
                int scale = Numbers.scale(type);
                for (int i = 0; i < count; i++) {
                    builder.append(
                            Validity.isValid(validity, i)
                                    ? new BigDecimal(values[i]).setScale(scale, RoundingMode.HALF_UP)
                                    : null);
                }
                yield builder.build();
            }
            case TINYINT, SMALLINT, INTEGER, BIGINT -> {
                long[] longs = new long[count];
                for (int i = 0; i < count; i++) {
                    longs[i] = (long) values[i];
                }
                yield longs(type, longs, 0, count, validity);
            }
            case BOOLEAN,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> throw new IllegalStateException("not a number: " + type);
        };
    }
}
