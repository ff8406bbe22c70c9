// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.number.Decimals;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;

/** To DOUBLE and REAL. */
final class ToFloating {
    private ToFloating() {}

    static VectorCall.Body body(DataType from, CastTarget target) {
        DataType.Kind kind = from.kind();
        boolean isSmall =
                kind == DataType.Kind.TINYINT || kind == DataType.Kind.SMALLINT || kind == DataType.Kind.INTEGER;
        boolean isLong = kind == DataType.Kind.BIGINT || (from instanceof DataType.Decimal decimal && decimal.isLong());
        if (target.type().kind() == DataType.Kind.DOUBLE && isSmall) {
            return (arguments, selection, rowCount) -> ints((IntVector) Loops.flat(arguments.get(0)));
        }
        if (target.type().kind() == DataType.Kind.DOUBLE && isLong) {
            int scale = Decimals.scale(from);
            return (arguments, selection, rowCount) ->
                    longs((LongVector) Loops.flat(arguments.get(0)), scale, selection);
        }
        Loops.ToDouble conversion = conversion(from, target);
        return (arguments, selection, rowCount) -> Loops.doubles(arguments.get(0), selection, target, conversion);
    }

    private static Vector ints(IntVector source) {
        int[] values = source.values();
        double[] result = new double[source.size()];
        for (int p = 0; p < result.length; p++) {
            result[p] = values[p];
        }
        return new DoubleVector(DataType.DOUBLE, result.length, result, source.validity());
    }

    private static Vector longs(LongVector source, int scale, Selection selection) {
        long[] values = source.values();
        double[] result = new double[source.size()];
        if (scale == 0) {
            for (int p = 0; p < result.length; p++) {
                result[p] = values[p];
            }
        } else {
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                result[p] = Decimals.toDouble(values[p], scale);
            }
        }
        return new DoubleVector(DataType.DOUBLE, result.length, result, source.validity());
    }

    private static Loops.ToDouble conversion(DataType from, CastTarget target) {
        return switch (from.kind()) {
            case BOOLEAN -> (source, p) -> ((BooleanVector) source).values()[p] ? 1 : 0;
            case TINYINT, SMALLINT, INTEGER -> (source, p) -> ((IntVector) source).values()[p];
            case BIGINT -> ToFloating::fromBigint;
            case REAL -> (source, p) -> ((FloatVector) source).values()[p];
            case DOUBLE -> (source, p) -> ((DoubleVector) source).values()[p];
            case DECIMAL -> decimal((DataType.Decimal) from);
            case VARCHAR -> {
                boolean real = target.type().kind() == DataType.Kind.REAL;
                yield (source, p) -> {
                    String text = Loops.text(source, p);
                    double value = NumberText.floating(text);
                    return real && Math.abs(value) <= Float.MAX_VALUE ? Float.parseFloat(text) : value;
                };
            }
            case VARBINARY,
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
                    NULL -> throw CastBodies.impossible(from, target.type());
        };
    }

    /** To REAL in one rounding: a long that is not exact as a DOUBLE would be rounded twice. */
    private static double fromBigint(Vector source, int p) {
        return (float) ((LongVector) source).values()[p];
    }

    private static Loops.ToDouble decimal(DataType.Decimal from) {
        int scale = from.scale();
        return from.isLong()
                ? (source, p) -> Decimals.toDouble(((LongVector) source).values()[p], scale)
                : (source, p) -> {
                    Int128Vector wide = (Int128Vector) source;
                    return new BigDecimal(Int128Vector.toBigInteger(wide.high()[p], wide.low()[p]), scale)
                            .doubleValue();
                };
    }
}
