// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.calendar;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.sql.kernel.time.CivilDate;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** TIMESTAMPADD and TIMESTAMPDIFF. */
public final class TimeArithmetic {
    private TimeArithmetic() {}

    /**
     * {@code count} units after a point (before it if negative); months end on the last day of a shorter month. TIME wraps
     * around midnight.
     *
     * @param unit one with a size
     * @param count an integer of any width
     * @param result the point's type, or TIMESTAMP for a DATE with hours
     */
    public static Expression add(DatePart unit, Expression count, Expression point, DataType result) {
        boolean fromDate = point.type().kind() == Kind.DATE;
        List<Expression> operands = List.of(Cast.of(count, DataType.BIGINT), point);
        return VectorCall.of("timestampadd", operands, result, (arguments, selection, rowCount) -> {
            ExactOperand n = ExactOperand.of(arguments.get(0));
            ExactOperand x = ExactOperand.of(arguments.get(1));
            long[] values = new long[rowCount];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                try {
                    long start = fromDate ? Math.multiplyExact(x.low(p), CivilDate.MICROS_PER_DAY) : x.low(p);
                    values[p] = point(Points.add(unit, n.low(p), start), result.kind());
                } catch (ArithmeticException e) {
                    throw Points.overflow("timestampadd", result);
                }
            }
            return Points.vector(result, rowCount, values);
        });
    }

    private static long point(long micros, Kind result) {
        return result == Kind.DATE
                ? Math.toIntExact(Math.floorDiv(micros, CivilDate.MICROS_PER_DAY))
                : result == Kind.TIME ? Math.floorMod(micros, CivilDate.MICROS_PER_DAY) : micros;
    }

    /** The number of whole units from one point to another, rounded towards zero. */
    public static Expression difference(DatePart unit, Expression from, Expression to, DataType result) {
        return difference("timestampdiff", from, to, result, (a, b) -> whole(unit, a, b));
    }

    /** The number of starts of units between two points (DuckDB's date_diff): from 2025-12-31 to 2026-01-01 it is one year. */
    public static Expression boundaries(DatePart unit, Expression from, Expression to, DataType result) {
        return difference(
                "date_diff",
                from,
                to,
                result,
                (a, b) -> whole(unit, TimeRounding.floor(unit, a), TimeRounding.floor(unit, b)));
    }

    private static long whole(DatePart unit, long from, long to) {
        return unit.months() > 0
                ? CivilDate.monthsBetween(from, to) / unit.months()
                : Math.subtractExact(to, from) / unit.micros();
    }

    /** Of two points in microseconds. */
    @FunctionalInterface
    private interface Formula {
        long of(long from, long to);
    }

    private static Expression difference(
            String name, Expression from, Expression to, DataType result, Formula formula) {
        boolean fromDate = from.type().kind() == Kind.DATE;
        boolean toDate = to.type().kind() == Kind.DATE;
        Expression call = VectorCall.of(
                name,
                List.of(from, to),
                DataType.BIGINT,
                (arguments, selection, rowCount) ->
                        run(name, arguments, selection, rowCount, fromDate, toDate, formula));
        return Cast.of(call, result);
    }

    private static Vector run(
            String name,
            List<Vector> arguments,
            Selection selection,
            int rowCount,
            boolean fromDate,
            boolean toDate,
            Formula formula) {
        ExactOperand a = ExactOperand.of(arguments.get(0));
        ExactOperand b = ExactOperand.of(arguments.get(1));
        long[] values = new long[rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            try {
                long start = fromDate ? Math.multiplyExact(a.low(p), CivilDate.MICROS_PER_DAY) : a.low(p);
                long end = toDate ? Math.multiplyExact(b.low(p), CivilDate.MICROS_PER_DAY) : b.low(p);
                values[p] = formula.of(start, end);
            } catch (ArithmeticException e) {
                throw Points.overflow(name, DataType.BIGINT);
            }
        }
        return Points.vector(DataType.BIGINT, rowCount, values);
    }
}
