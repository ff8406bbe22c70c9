// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.number.Decimals;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FLOOR, CEIL, ROUND and TRUNCATE of all numbers. */
final class Rounding {
    private Rounding() {}

    static Expression of(
            String name, Expression operand, @Nullable Expression digits, RoundingMode mode, DataType result) {
        Kind kind = operand.type().kind();
        if (kind == Kind.REAL || kind == Kind.DOUBLE) {
            boolean real = kind == Kind.REAL;
            Expression count = digits == null ? Literal.of(0, DataType.INTEGER) : Cast.of(digits, DataType.INTEGER);
            Expression rounded = VectorCall.of(
                    name,
                    List.of(Cast.of(operand, DataType.DOUBLE), count),
                    DataType.DOUBLE,
                    (arguments, selection, rowCount) -> doubles(arguments, selection, rowCount, mode, real));
            return Cast.of(rounded, result);
        }
        if (digits == null && Arithmetic.isInteger(operand.type())) {
            return Cast.of(operand, result);
        }
        Expression count = digits == null ? Literal.of(0, DataType.INTEGER) : Cast.of(digits, DataType.INTEGER);
        DataType exact = result.kind() == Kind.DECIMAL
                ? result
                : DataType.decimal(DataType.MAX_DECIMAL_PRECISION, Decimals.scale(operand.type()));
        int scale = Decimals.scale(operand.type());
        Expression rounded = VectorCall.of(
                name,
                List.of(operand, count),
                exact,
                (arguments, selection, rowCount) ->
                        decimals(name, arguments, scale, (DataType.Decimal) exact, selection, rowCount, mode));
        return Cast.of(rounded, result);
    }

    private static Vector doubles(
            List<Vector> arguments, Selection selection, int rowCount, RoundingMode mode, boolean real) {
        double[] values = Operands.doubles(arguments.get(0), rowCount);
        int[] digits = Operands.ints(arguments.get(1), rowCount);
        double[] result = new double[rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            double x = values[p];
            if (digits[p] == 0) {
                result[p] = whole(x, mode);
            } else if (Double.isNaN(x) || Double.isInfinite(x) || digits[p] > 330) {
                result[p] = x;
            } else if (digits[p] < -330) {
                result[p] = 0;
            } else if (!real && mode == RoundingMode.HALF_UP && isEasy(x, digits[p])) {
                double power = Decimals.power(digits[p]);
                result[p] = Math.copySign(Math.floor(Math.abs(x) * power + 0.5) / power, x);
            } else {
                String text = real ? Float.toString((float) x) : Double.toString(x);
                result[p] = new BigDecimal(text).setScale(digits[p], mode).doubleValue();
            }
        }
        return new DoubleVector(DataType.DOUBLE, rowCount, result, null);
    }

    /** Whether binary arithmetic surely gives what the decimal text would: no tie is near and all numbers are exact. */
    private static boolean isEasy(double x, int digits) {
        if (digits < 1 || digits > 12) {
            return false;
        }
        double scaled = Math.abs(x) * Decimals.power(digits);
        return scaled < 0x1p40 && Math.abs(scaled - Math.floor(scaled) - 0.5) > 1e-3;
    }

    private static double whole(double x, RoundingMode mode) {
        if (mode == RoundingMode.FLOOR) {
            return Math.floor(x);
        }
        if (mode == RoundingMode.CEILING) {
            return Math.ceil(x);
        }
        double cut = x < 0 ? Math.ceil(x) : Math.floor(x);
        return mode == RoundingMode.HALF_UP && Math.abs(x - cut) >= 0.5 ? cut + Math.signum(x) : cut;
    }

    private static Vector decimals(
            String name,
            List<Vector> arguments,
            int scale,
            DataType.Decimal type,
            Selection selection,
            int rowCount,
            RoundingMode mode) {
        ExactOperand operand = ExactOperand.of(arguments.get(0));
        int[] digits = Operands.ints(arguments.get(1), rowCount);
        long[] low = new long[rowCount];
        long[] high = new long[type.isLong() ? 0 : rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            BigInteger unscaled = round(operand, p, scale, Math.min(digits[p], type.scale()), type, mode);
            if (!Decimals.fits(unscaled, type.precision())) {
                throw new DatasetDbException(
                        KernelError.NUMERIC_OVERFLOW,
                        "Cannot compute " + name + "(" + NumberMap.shown(arguments.get(0), p)
                                + "): the result is out of range of " + type.sql());
            }
            low[p] = unscaled.longValue();
            if (!type.isLong()) {
                high[p] = unscaled.shiftRight(64).longValue();
            }
        }
        return type.isLong()
                ? new LongVector(type, rowCount, low, null)
                : new Int128Vector(type, rowCount, high, low, null);
    }

    private static BigInteger round(
            ExactOperand operand, int p, int scale, int digits, DataType.Decimal type, RoundingMode mode) {
        if (digits < -DataType.MAX_DECIMAL_PRECISION - 1) {
            return BigInteger.ZERO;
        }
        return new BigDecimal(operand.big(p), scale)
                .setScale(Math.min(digits, scale), mode)
                .setScale(type.scale(), RoundingMode.HALF_UP)
                .unscaledValue();
    }
}
