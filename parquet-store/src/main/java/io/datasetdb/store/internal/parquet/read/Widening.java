// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Turns the values of a file's column into those of a wider type, so that files of a growing schema read as one. */
final class Widening {
    /** Converts a value vector. */
    private interface Step {
        Vector apply(Vector from);
    }

    private final Step step;
    private @Nullable Vector lastDictionary;
    private @Nullable Vector lastWidened;

    private Widening(Step step) {
        this.step = step;
    }

    /** The conversion, or {@code null} if some values of the one type have no equal in the other. */
    static @Nullable Widening of(DataType from, DataType to) {
        Step step = from.equals(to) ? vector -> vector : step(from, to);
        return step == null ? null : new Widening(step);
    }

    /** Converts a vector, wrapped or not; the same dictionary is converted once. */
    Vector apply(Vector vector) {
        if (!(vector instanceof DictionaryVector wrapper)) {
            return step.apply(vector);
        }
        Vector widened = lastWidened;
        if (widened == null || lastDictionary != wrapper.dictionary()) {
            widened = step.apply(wrapper.dictionary());
            lastWidened = widened;
            lastDictionary = wrapper.dictionary();
        }
        return new DictionaryVector(wrapper.size(), wrapper.ids(), widened, wrapper.validity());
    }

    private static @Nullable Step step(DataType from, DataType to) {
        int digits = from.kind().integerDigits();
        if (digits > 0) {
            return ofInteger(from, to, digits);
        }
        if (from instanceof DataType.Decimal stored && to instanceof DataType.Decimal wanted) {
            return ofDecimal(stored, wanted);
        }
        if (from.kind() == DataType.Kind.REAL && to.kind() == DataType.Kind.DOUBLE) {
            return vector -> toDouble((FloatVector) vector);
        }
        if (from.kind() == DataType.Kind.VARCHAR && to.kind() == DataType.Kind.VARBINARY) {
            return vector -> rebuilt(vector, to);
        }
        return null;
    }

    private static @Nullable Step ofInteger(DataType from, DataType to, int digits) {
        boolean isLong = from.kind() == DataType.Kind.BIGINT;
        if (to instanceof DataType.Decimal wanted) {
            return wanted.precision() - wanted.scale() >= digits ? vector -> rebuilt(vector, to) : null;
        }
        if (isLong || to.kind().integerDigits() < digits && to.kind() != DataType.Kind.DOUBLE) {
            return null;
        }
        return switch (to.kind()) {
            case SMALLINT, INTEGER ->
                vector -> new IntVector(to, vector.size(), ((IntVector) vector).values(), vector.validity());
            case BIGINT -> vector -> toLong((IntVector) vector);
            case DOUBLE -> vector -> toDouble((IntVector) vector);
            case BOOLEAN,
                    TINYINT,
                    REAL,
                    DECIMAL,
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
                    NULL -> null;
        };
    }

    private static @Nullable Step ofDecimal(DataType.Decimal from, DataType.Decimal to) {
        if (to.scale() < from.scale() || to.precision() - to.scale() < from.precision() - from.scale()) {
            return null;
        }
        if (to.scale() > from.scale()) {
            return vector -> rebuilt(vector, to);
        }
        if (to.isLong()) {
            return vector -> new LongVector(to, vector.size(), ((LongVector) vector).values(), vector.validity());
        }
        return from.isLong()
                ? vector -> toInt128((LongVector) vector, to)
                : vector -> relabelled((Int128Vector) vector, to);
    }

    private static LongVector toLong(IntVector from) {
        long[] result = new long[from.size()];
        int[] values = from.values();
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return new LongVector(DataType.BIGINT, result.length, result, from.validity());
    }

    private static DoubleVector toDouble(IntVector from) {
        double[] result = new double[from.size()];
        int[] values = from.values();
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return new DoubleVector(DataType.DOUBLE, result.length, result, from.validity());
    }

    private static DoubleVector toDouble(FloatVector from) {
        double[] result = new double[from.size()];
        float[] values = from.values();
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return new DoubleVector(DataType.DOUBLE, result.length, result, from.validity());
    }

    private static Int128Vector toInt128(LongVector from, DataType to) {
        long[] high = new long[from.size()];
        long[] values = from.values();
        for (int i = 0; i < high.length; i++) {
            high[i] = values[i] >> 63;
        }
        return new Int128Vector(to, high.length, high, values, from.validity());
    }

    private static Int128Vector relabelled(Int128Vector from, DataType to) {
        return new Int128Vector(to, from.size(), from.high(), from.low(), from.validity());
    }

    /** Value by value, for conversions that are too rare for a loop of their own. */
    private static Vector rebuilt(Vector from, DataType to) {
        VectorBuilder builder = VectorBuilder.of(to, from.size());
        for (int i = 0; i < from.size(); i++) {
            Object value = from.getObject(i);
            if (value instanceof Number number && !(value instanceof BigDecimal)) {
                builder.append(BigDecimal.valueOf(number.longValue()));
            } else if (value instanceof String text) {
                builder.append(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else {
                builder.append(value);
            }
        }
        return builder.build();
    }
}
