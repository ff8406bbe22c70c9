// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.number.Decimals;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** To DECIMAL, rounding half away from zero. */
final class ToDecimal {
    private ToDecimal() {}

    static VectorCall.Body body(DataType from, CastTarget target) {
        DataType.Decimal to = (DataType.Decimal) target.type();
        return switch (from.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> exact(from, to, target);
            case DECIMAL -> ((DataType.Decimal) from).isLong() ? exact(from, to, target) : wide(from, to, target);
            case BOOLEAN ->
                bigs(target, (source, p) -> {
                    boolean value = ((BooleanVector) source).values()[p];
                    return value ? Decimals.bigPower(to.scale()) : BigInteger.ZERO;
                });
            case REAL ->
                bigs(target, (source, p) -> {
                    float value = ((FloatVector) source).values()[p];
                    return fromFloating(value, Float.toString(value), to);
                });
            case DOUBLE ->
                to.isLong()
                        ? doubles(to, target)
                        : bigs(target, (source, p) -> {
                            double value = ((DoubleVector) source).values()[p];
                            return fromFloating(value, Double.toString(value), to);
                        });
            case VARCHAR -> bigs(target, (source, p) -> unscaled(NumberText.decimal(Loops.text(source, p)), to));
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

    private static VectorCall.Body bigs(CastTarget target, Loops.ToBig conversion) {
        return (arguments, selection, rowCount) -> Loops.bigs(arguments.get(0), selection, target, conversion);
    }

    private static VectorCall.Body longs(CastTarget target, Loops.ToLong conversion) {
        return (arguments, selection, rowCount) -> Loops.longs(arguments.get(0), selection, target, conversion);
    }

    private static BigInteger fromFloating(double value, String text, DataType.Decimal to) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw Unconvertible.outOfRange();
        }
        return unscaled(new BigDecimal(text), to);
    }

    private static BigInteger unscaled(BigDecimal value, DataType.Decimal to) {
        BigInteger unscaled = value.setScale(to.scale(), RoundingMode.HALF_UP).unscaledValue();
        return checked(unscaled, to);
    }

    private static BigInteger checked(BigInteger unscaled, DataType.Decimal to) {
        if (!Decimals.fits(unscaled, to.precision())) {
            throw Unconvertible.outOfRange();
        }
        return unscaled;
    }

    /** Binary arithmetic where it cannot matter, the decimal text near a tie or a limit. */
    private static VectorCall.Body doubles(DataType.Decimal to, CastTarget target) {
        double power = Decimals.power(to.scale());
        double limit = Math.min(0x1p40, Decimals.power(to.precision()) - 1.0);
        return longs(target, (source, p) -> {
            double value = ((DoubleVector) source).values()[p];
            double scaled = Math.abs(value * power);
            double whole = Math.floor(scaled);
            if (scaled < limit && Math.abs(scaled - whole - 0.5) > 1e-3) {
                long rounded = (long) (scaled + 0.5);
                return value < 0 ? -rounded : rounded;
            }
            return fromFloating(value, Double.toString(value), to).longValue();
        });
    }

    /** From integers and short DECIMALs. */
    private static VectorCall.Body exact(DataType from, DataType.Decimal to, CastTarget target) {
        int shift = to.scale() - Decimals.scale(from);
        int precision = to.precision();
        if (to.isLong() && shift >= 0) {
            long factor = Decimals.power(shift);
            long limit = Decimals.power(Math.max(precision - shift, 0));
            return longs(target, (source, p) -> {
                long value = whole(source, p);
                if (value >= limit || value <= -limit) {
                    throw Unconvertible.outOfRange();
                }
                return value * factor;
            });
        }
        if (to.isLong()) {
            long divisor = Decimals.power(-shift);
            return longs(target, (source, p) -> {
                long value = Decimals.divideHalfUp(whole(source, p), divisor);
                if (!Decimals.fits(value, precision)) {
                    throw Unconvertible.outOfRange();
                }
                return value;
            });
        }
        if (shift >= 0 && shift <= 18 && Decimals.precision(from) + shift <= precision) {
            return (arguments, selection, rowCount) ->
                    widen(Loops.flat(arguments.get(0)), Decimals.power(shift), target.type());
        }
        int scale = Decimals.scale(from);
        return bigs(
                target,
                (source, p) -> checked(Decimals.rescale(BigInteger.valueOf(whole(source, p)), scale, to.scale()), to));
    }

    private static long whole(Vector source, int p) {
        return source instanceof IntVector ints ? ints.values()[p] : ((LongVector) source).values()[p];
    }

    private static Vector widen(Vector source, long factor, DataType type) {
        int size = source.size();
        long[] high = new long[size];
        long[] low = new long[size];
        for (int p = 0; p < size; p++) {
            long value = whole(source, p);
            high[p] = Math.multiplyHigh(value, factor);
            low[p] = value * factor;
        }
        return new Int128Vector(type, size, high, low, source.validity());
    }

    /** From long DECIMALs. */
    private static VectorCall.Body wide(DataType from, DataType.Decimal to, CastTarget target) {
        int scale = Decimals.scale(from);
        if (!to.isLong() && scale == to.scale() && Decimals.precision(from) <= to.precision()) {
            return (arguments, selection, rowCount) -> {
                Int128Vector source = (Int128Vector) Loops.flat(arguments.get(0));
                return new Int128Vector(to, rowCount, source.high(), source.low(), source.validity());
            };
        }
        return bigs(target, (source, p) -> {
            Int128Vector vector = (Int128Vector) source;
            BigInteger value = Int128Vector.toBigInteger(vector.high()[p], vector.low()[p]);
            return checked(Decimals.rescale(value, scale, to.scale()), to);
        });
    }
}
