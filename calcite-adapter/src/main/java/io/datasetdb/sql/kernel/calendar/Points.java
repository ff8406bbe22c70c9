// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.calendar;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.sql.kernel.time.CivilDate;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Points in time as microseconds. */
final class Points {
    private Points() {}

    /** A function of one point of the operand's type; {@link ArithmeticException} is overflow. */
    static Expression call(String name, Expression operand, LongUnaryOperator formula, boolean isDate) {
        DataType type = operand.type();
        return VectorCall.of(name, List.of(operand), type, (arguments, selection, rowCount) -> {
            ExactOperand x = ExactOperand.of(arguments.get(0));
            long[] values = new long[rowCount];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                try {
                    values[p] = isDate
                            ? Math.floorDiv(
                                    formula.applyAsLong(x.low(p) * CivilDate.MICROS_PER_DAY), CivilDate.MICROS_PER_DAY)
                            : formula.applyAsLong(x.low(p));
                } catch (ArithmeticException e) {
                    throw overflow(name, type);
                }
            }
            return vector(type, rowCount, values);
        });
    }

    static DatasetDbException overflow(String name, DataType type) {
        return new DatasetDbException(
                KernelError.NUMERIC_OVERFLOW,
                "Cannot compute " + name + ": the result is out of range of " + type.sql());
    }

    /** Longs as a vector of a DATE, TIME, TIMESTAMP, INTEGER or BIGINT type. */
    static Vector vector(DataType type, int rowCount, long[] values) {
        if (type.kind() != DataType.Kind.DATE && type.kind() != DataType.Kind.INTEGER) {
            return new LongVector(type, rowCount, values, null);
        }
        int[] ints = new int[rowCount];
        for (int p = 0; p < rowCount; p++) {
            ints[p] = (int) values[p];
        }
        return new IntVector(type, rowCount, ints, null);
    }

    /** A point some units later. */
    static long add(DatePart unit, long count, long micros) {
        if (unit.months() == 0) {
            if (unit.micros() == 0) {
                throw new IllegalStateException("not a unit: " + unit);
            }
            return Math.addExact(micros, Math.multiplyExact(count, unit.micros()));
        }
        long days = Math.floorDiv(micros, CivilDate.MICROS_PER_DAY);
        long rest = micros - days * CivilDate.MICROS_PER_DAY;
        long moved = CivilDate.addMonths(days, Math.multiplyExact(count, unit.months()));
        return Math.addExact(Math.multiplyExact(moved, CivilDate.MICROS_PER_DAY), rest);
    }
}
