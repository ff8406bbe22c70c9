// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.sql.kernel.time.CivilDate;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * Dates and times with intervals.
 *
 * <ul>
 *   <li>DATE, TIMESTAMP ± interval, in either order for +. Months go to the same day, or to the last day of a shorter month. A DATE result
 *       of hours is the day that they lead to; TIME wraps around midnight. DATE ± integer counts days.
 *   <li>DATE, TIMESTAMP − DATE, TIMESTAMP: as the result type says, microseconds (INTERVAL DAY), whole months (INTERVAL
 *       MONTH) or whole days (an integer).
 *   <li>interval ± interval of the same family; interval × or / number, rounded half to even.
 * </ul>
 */
final class TemporalArithmetic {
    private TemporalArithmetic() {}

    /** One pair of values; throws {@link ArithmeticException} on overflow. */
    @FunctionalInterface
    private interface Formula {
        long of(long left, long right);
    }

    static Expression of(Arithmetic.Operator operator, Expression left, Expression right, DataType result) {
        Kind l = left.type().kind();
        Kind r = right.type().kind();
        boolean leftIsPoint = Arithmetic.isTemporal(left.type()) && !isInterval(l);
        boolean rightIsPoint = Arithmetic.isTemporal(right.type()) && !isInterval(r);
        boolean swaps = operator == Arithmetic.Operator.ADD
                ? !leftIsPoint && rightIsPoint
                : operator == Arithmetic.Operator.MULTIPLY && !isInterval(l) && isInterval(r);
        if (swaps) {
            return of(operator, right, left, result);
        }
        if (isInterval(l) && !Arithmetic.isTemporal(right.type())) {
            return scaled(operator, left, right, result);
        }
        if (!Arithmetic.isTemporal(right.type())) {
            Expression days = Cast.of(right, DataType.BIGINT);
            return call(operator, left, days, result, plus(operator, l, Kind.BIGINT, result.kind()));
        }
        boolean pointMinusPoint = leftIsPoint && rightIsPoint && operator == Arithmetic.Operator.SUBTRACT;
        return call(
                operator,
                left,
                right,
                result,
                pointMinusPoint ? difference(l, r, result.kind()) : plus(operator, l, r, result.kind()));
    }

    private static boolean isInterval(Kind kind) {
        return kind == Kind.INTERVAL_DAY || kind == Kind.INTERVAL_MONTH;
    }

    private static Formula plus(Arithmetic.Operator operator, Kind left, Kind right, Kind result) {
        boolean add = operator == Arithmetic.Operator.ADD;
        if (!add && operator != Arithmetic.Operator.SUBTRACT) {
            throw new IllegalStateException("no " + operator + " of " + left + " and " + right);
        }
        if (isInterval(left)) {
            if (left != right) {
                throw new IllegalStateException("no " + operator + " of " + left + " and " + right);
            }
            return add ? Math::addExact : Math::subtractExact;
        }
        boolean isDate = left == Kind.DATE;
        if (right == Kind.BIGINT) {
            return (a, b) -> Math.toIntExact(add ? Math.addExact(a, b) : Math.subtractExact(a, b));
        }
        if (right == Kind.INTERVAL_MONTH) {
            return (a, b) -> point(addMonths(micros(a, isDate), add ? b : Math.negateExact(b)), result);
        }
        return (a, b) -> {
            long start = micros(a, isDate);
            return point(add ? Math.addExact(start, b) : Math.subtractExact(start, b), result);
        };
    }

    private static long addMonths(long micros, long months) {
        long days = Math.floorDiv(micros, CivilDate.MICROS_PER_DAY);
        long rest = micros - days * CivilDate.MICROS_PER_DAY;
        return Math.addExact(Math.multiplyExact(CivilDate.addMonths(days, months), CivilDate.MICROS_PER_DAY), rest);
    }

    private static long micros(long value, boolean isDate) {
        return isDate ? Math.multiplyExact(value, CivilDate.MICROS_PER_DAY) : value;
    }

    private static long point(long micros, Kind result) {
        return result == Kind.DATE
                ? Math.toIntExact(Math.floorDiv(micros, CivilDate.MICROS_PER_DAY))
                : result == Kind.TIME ? Math.floorMod(micros, CivilDate.MICROS_PER_DAY) : micros;
    }

    private static Formula difference(Kind left, Kind right, Kind result) {
        boolean leftDate = left == Kind.DATE;
        boolean rightDate = right == Kind.DATE;
        if (result == Kind.INTERVAL_DAY) {
            return (a, b) -> Math.subtractExact(micros(a, leftDate), micros(b, rightDate));
        }
        if (result == Kind.INTERVAL_MONTH) {
            return (a, b) -> CivilDate.monthsBetween(micros(b, rightDate), micros(a, leftDate));
        }
        return (a, b) -> Math.subtractExact(micros(a, leftDate), micros(b, rightDate)) / CivilDate.MICROS_PER_DAY;
    }

    private static Expression scaled(
            Arithmetic.Operator operator, Expression interval, Expression number, DataType result) {
        boolean multiply = operator == Arithmetic.Operator.MULTIPLY;
        if (!multiply && operator != Arithmetic.Operator.DIVIDE) {
            throw new IllegalStateException("no " + operator + " of " + interval.type() + " and " + number.type());
        }
        if (multiply && Arithmetic.isInteger(number.type())) {
            return call(operator, interval, Cast.of(number, DataType.BIGINT), result, Math::multiplyExact);
        }
        List<Expression> arguments = List.of(interval, Cast.of(number, DataType.DOUBLE));
        return VectorCall.of(operator.symbol(), arguments, result, (values, selection, rowCount) -> {
            long[] a = Operands.longs(values.get(0), rowCount);
            double[] b = Operands.doubles(values.get(1), rowCount);
            long[] out = new long[rowCount];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                if (!multiply && b[p] == 0) {
                    throw Operands.divisionByZero(operator, values, p);
                }
                double value = Math.rint(multiply ? a[p] * b[p] : a[p] / b[p]);
                if (!(Math.abs(value) < 0x1p63)) {
                    throw Operands.overflow(operator, values, p, result);
                }
                out[p] = (long) value;
            }
            return new LongVector(result, rowCount, out, null);
        });
    }

    private static Expression call(
            Arithmetic.Operator operator, Expression left, Expression right, DataType result, Formula formula) {
        return VectorCall.of(
                operator.symbol(),
                List.of(left, right),
                result,
                (arguments, selection, rowCount) -> run(operator, arguments, selection, rowCount, result, formula));
    }

    private static Vector run(
            Arithmetic.Operator operator,
            List<Vector> arguments,
            Selection selection,
            int rowCount,
            DataType result,
            Formula formula) {
        ExactOperand a = ExactOperand.of(arguments.get(0));
        ExactOperand b = ExactOperand.of(arguments.get(1));
        boolean narrow = result.kind() == Kind.DATE || result.kind() == Kind.INTEGER;
        int[] ints = new int[narrow ? rowCount : 0];
        long[] longs = new long[narrow ? 0 : rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            try {
                long value = formula.of(a.low(p), b.low(p));
                if (narrow) {
                    ints[p] = Math.toIntExact(value);
                } else {
                    longs[p] = value;
                }
            } catch (ArithmeticException e) {
                throw Operands.overflow(operator, arguments, p, result);
            }
        }
        return narrow ? new IntVector(result, rowCount, ints, null) : new LongVector(result, rowCount, longs, null);
    }
}
