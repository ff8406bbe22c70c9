// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.number.Decimals;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.math.BigInteger;

/** To TINYINT, SMALLINT, INTEGER, BIGINT. Intervals give their months or microseconds. */
final class ToInteger {
    private ToInteger() {}

    static VectorCall.Body body(DataType from, CastTarget target) {
        DataType.Kind kind = target.type().kind();
        if (kind == DataType.Kind.BIGINT && isSmall(from)) {
            return (arguments, selection, rowCount) -> widen(Loops.flat(arguments.get(0)), target);
        }
        if (isSmall(from) && from.kind().compareTo(kind) <= 0) {
            return (arguments, selection, rowCount) -> {
                IntVector source = (IntVector) Loops.flat(arguments.get(0));
                return new IntVector(target.type(), rowCount, source.values(), source.validity());
            };
        }
        Loops.ToLong conversion = conversion(from, target);
        long min = min(kind);
        long max = max(kind);
        return (arguments, selection, rowCount) -> Loops.longs(arguments.get(0), selection, target, (source, p) -> {
            long value = conversion.at(source, p);
            if (value < min || value > max) {
                throw Unconvertible.outOfRange();
            }
            return value;
        });
    }

    private static boolean isSmall(DataType type) {
        return type.kind() == DataType.Kind.TINYINT
                || type.kind() == DataType.Kind.SMALLINT
                || type.kind() == DataType.Kind.INTEGER;
    }

    private static Vector widen(Vector source, CastTarget target) {
        int[] values = ((IntVector) source).values();
        long[] result = new long[source.size()];
        for (int p = 0; p < result.length; p++) {
            result[p] = values[p];
        }
        return new LongVector(target.type(), result.length, result, source.validity());
    }

    /** The least value of an integer type. */
    static long min(DataType.Kind kind) {
        return -max(kind) - 1;
    }

    /** The greatest value of an integer type. */
    static long max(DataType.Kind kind) {
        return kind == DataType.Kind.TINYINT
                ? Byte.MAX_VALUE
                : kind == DataType.Kind.SMALLINT
                        ? Short.MAX_VALUE
                        : kind == DataType.Kind.INTEGER ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    private static Loops.ToLong conversion(DataType from, CastTarget target) {
        return switch (from.kind()) {
            case BOOLEAN -> (source, p) -> ((BooleanVector) source).values()[p] ? 1 : 0;
            case TINYINT, SMALLINT, INTEGER -> (source, p) -> ((IntVector) source).values()[p];
            case BIGINT, INTERVAL_MONTH, INTERVAL_DAY -> (source, p) -> ((LongVector) source).values()[p];
            case DECIMAL -> decimal((DataType.Decimal) from);
            case REAL -> (source, p) -> rounded(((FloatVector) source).values()[p]);
            case DOUBLE -> (source, p) -> rounded(((DoubleVector) source).values()[p]);
            case VARCHAR -> (source, p) -> NumberText.whole((BytesVector) source, p);
            case VARBINARY, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, UUID, ARRAY, MAP, ROW, NULL ->
                throw CastBodies.impossible(from, target.type());
        };
    }

    private static Loops.ToLong decimal(DataType.Decimal from) {
        int scale = from.scale();
        if (from.isLong()) {
            long divisor = Decimals.power(scale);
            return (source, p) -> Decimals.divideHalfUp(((LongVector) source).values()[p], divisor);
        }
        BigInteger divisor = Decimals.bigPower(scale);
        return (source, p) -> {
            Int128Vector wide = (Int128Vector) source;
            BigInteger value = Decimals.divideHalfUp(Int128Vector.toBigInteger(wide.high()[p], wide.low()[p]), divisor);
            if (value.bitLength() > 63) {
                throw Unconvertible.outOfRange();
            }
            return value.longValue();
        };
    }

    /** Half to even. */
    private static long rounded(double value) {
        double whole = Math.rint(value);
        if (!(whole >= -0x1p63 && whole < 0x1p63)) {
            throw Unconvertible.outOfRange();
        }
        return (long) whole;
    }
}
