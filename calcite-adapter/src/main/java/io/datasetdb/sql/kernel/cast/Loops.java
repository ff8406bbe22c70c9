// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigInteger;

/** Value-by-value conversion loops, one per form of the result. */
final class Loops {
    private Loops() {}

    /** A conversion to something that fits a long; throws {@link Unconvertible}. */
    @FunctionalInterface
    interface ToLong {
        long at(Vector source, int position);
    }

    /** A conversion to a DOUBLE; throws {@link Unconvertible}. */
    @FunctionalInterface
    interface ToDouble {
        double at(Vector source, int position);
    }

    /** A conversion to an unscaled DECIMAL or another 128-bit number; throws {@link Unconvertible}. */
    @FunctionalInterface
    interface ToBig {
        BigInteger at(Vector source, int position);
    }

    /** Constants become value vectors: a lone constant argument has but one position. */
    static Vector flat(Vector source) {
        return source instanceof ConstantVector ? source.flatten() : source;
    }

    /** To any type kept in ints, longs or booleans. */
    static Vector longs(Vector argument, Selection selection, CastTarget target, ToLong conversion) {
        Vector source = flat(argument);
        int size = source.size();
        long[] values = new long[size];
        long[] validity = null;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            try {
                values[p] = conversion.at(source, p);
            } catch (Unconvertible e) {
                validity = target.failed(e, source, p, validity);
            }
        }
        return switch (target.type().kind()) {
            case BOOLEAN -> {
                boolean[] flags = new boolean[size];
                for (int p = 0; p < size; p++) {
                    flags[p] = values[p] != 0;
                }
                yield new BooleanVector(target.type(), size, flags, validity);
            }
            case TINYINT, SMALLINT, INTEGER, DATE -> {
                int[] ints = new int[size];
                for (int p = 0; p < size; p++) {
                    ints[p] = (int) values[p];
                }
                yield new IntVector(target.type(), size, ints, validity);
            }
            case BIGINT, DECIMAL, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY ->
                new LongVector(target.type(), size, values, validity);
            case REAL, DOUBLE, VARCHAR, VARBINARY, UUID, ARRAY, MAP, ROW, NULL ->
                throw new IllegalStateException("not kept in longs: " + target.type());
        };
    }

    /** To DOUBLE or REAL. */
    static Vector doubles(Vector argument, Selection selection, CastTarget target, ToDouble conversion) {
        Vector source = flat(argument);
        int size = source.size();
        boolean real = target.type().kind() == DataType.Kind.REAL;
        double[] values = new double[real ? 0 : size];
        float[] floats = new float[real ? size : 0];
        long[] validity = null;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            try {
                double value = conversion.at(source, p);
                if (!real) {
                    values[p] = value;
                } else if (Float.isInfinite((float) value) && !Double.isInfinite(value)) {
                    throw Unconvertible.outOfRange();
                } else {
                    floats[p] = (float) value;
                }
            } catch (Unconvertible e) {
                validity = target.failed(e, source, p, validity);
            }
        }
        return real
                ? new FloatVector(target.type(), size, floats, validity)
                : new DoubleVector(target.type(), size, values, validity);
    }

    /** To a type kept in 128 bits, or a short DECIMAL. */
    static Vector bigs(Vector argument, Selection selection, CastTarget target, ToBig conversion) {
        Vector source = flat(argument);
        int size = source.size();
        boolean narrow = target.type() instanceof DataType.Decimal decimal && decimal.isLong();
        long[] high = new long[narrow ? 0 : size];
        long[] low = new long[size];
        long[] validity = null;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            try {
                BigInteger value = conversion.at(source, p);
                low[p] = value.longValue();
                if (!narrow) {
                    high[p] = value.shiftRight(64).longValue();
                }
            } catch (Unconvertible e) {
                validity = target.failed(e, source, p, validity);
            }
        }
        return narrow
                ? new LongVector(target.type(), size, low, validity)
                : new Int128Vector(target.type(), size, high, low, validity);
    }

    /** The text at a position without the blanks around it. */
    static String text(Vector source, int position) {
        return ((BytesVector) source).string(position).strip();
    }
}
