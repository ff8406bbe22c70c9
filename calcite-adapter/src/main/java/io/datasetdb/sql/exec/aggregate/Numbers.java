// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;

/** Numeric vectors as DOUBLEs or whole numbers, whatever their form. */
final class Numbers {
    private static final double TWO_64 = 0x1p64;

    private Numbers() {}

    /** The values at these positions, none of which is NULL. */
    static double[] doubles(Vector vector, int[] positions, int count) {
        Vector flat = vector.flatten();
        double[] result = new double[count];
        if (flat instanceof DoubleVector doubles) {
            double[] values = doubles.values();
            for (int i = 0; i < count; i++) {
                result[i] = values[positions[i]];
            }
        } else if (flat instanceof FloatVector floats) {
            float[] values = floats.values();
            for (int i = 0; i < count; i++) {
                result[i] = values[positions[i]];
            }
        } else if (flat instanceof Int128Vector wide) {
            double divisor = divisor(vector.type());
            for (int i = 0; i < count; i++) {
                result[i] = toDouble(wide.high()[positions[i]], wide.low()[positions[i]]) / divisor;
            }
        } else {
            long[] longs = longs(flat, positions, count);
            double divisor = divisor(vector.type());
            for (int i = 0; i < count; i++) {
                result[i] = longs[i] / divisor;
            }
        }
        return result;
    }

    /** The values at these positions (unscaled, for DECIMAL), of a type that is kept in 64 bits or fewer. */
    static long[] longs(Vector vector, int[] positions, int count) {
        Vector flat = vector.flatten();
        long[] result = new long[count];
        if (flat instanceof LongVector longs) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                result[i] = values[positions[i]];
            }
        } else if (flat instanceof IntVector ints) {
            int[] values = ints.values();
            for (int i = 0; i < count; i++) {
                result[i] = values[positions[i]];
            }
        } else {
            boolean[] values = ((BooleanVector) flat).values();
            for (int i = 0; i < count; i++) {
                result[i] = values[positions[i]] ? 1 : 0;
            }
        }
        return result;
    }

    /** Whether values of this type are kept in at most 64 bits of a whole number. */
    static boolean isLong(DataType type) {
        return switch (type.kind()) {
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    INTERVAL_MONTH,
                    INTERVAL_DAY -> true;
            case DECIMAL -> ((DataType.Decimal) type).isLong();
            case BOOLEAN, REAL, DOUBLE, VARCHAR, VARBINARY, UUID, ARRAY, MAP, ROW, NULL -> false;
        };
    }

    static boolean isDouble(DataType type) {
        return type.kind() == DataType.Kind.REAL || type.kind() == DataType.Kind.DOUBLE;
    }

    static int scale(DataType type) {
        return type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    }

    private static double divisor(DataType type) {
        return Math.pow(10, scale(type));
    }

    /** The nearest DOUBLE, or one beside it, of a 128-bit number. */
    static double toDouble(long high, long low) {
        if (high == low >> 63) {
            return low;
        }
        return high * TWO_64 + (low >= 0 ? low : low + TWO_64);
    }
}
