// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.ValueText;
import io.datasetdb.sql.kernel.number.ExactOperand;
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
import java.util.List;

/** A function of one number of any type whose result has the same form in memory: integers, unscaled DECIMALs, DOUBLE, REAL, intervals. */
final class NumberMap {
    private NumberMap() {}

    /** What to do with each form of number; an {@link ArithmeticException} means overflow. */
    interface Formulas {
        /** Integers, short DECIMALs (unscaled) and intervals. */
        long ofLong(long value);

        /** DOUBLE and REAL. */
        double ofDouble(double value);

        /** Long DECIMALs (unscaled). */
        BigInteger ofBig(BigInteger value);
    }

    static Expression of(String name, Expression operand, DataType result, Formulas formulas) {
        return VectorCall.of(name, List.of(operand), result, (arguments, selection, rowCount) -> {
            Vector argument = arguments.get(0);
            return apply(
                    name,
                    argument instanceof ConstantVector ? argument.flatten() : argument,
                    selection,
                    result,
                    formulas);
        });
    }

    private static Vector apply(String name, Vector source, Selection selection, DataType result, Formulas formulas) {
        if (source instanceof DoubleVector doubles) {
            return floating(doubles, selection, result, formulas);
        }
        if (source instanceof FloatVector floats) {
            float[] values = new float[source.size()];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                values[p] = (float) formulas.ofDouble(floats.values()[p]);
            }
            return new FloatVector(result, values.length, values, null);
        }
        try {
            return exact(source, selection, result, formulas);
        } catch (ArithmeticException e) {
            throw overflow(name, source, selection, result, formulas);
        }
    }

    private static Vector floating(DoubleVector source, Selection selection, DataType result, Formulas formulas) {
        double[] values = new double[source.size()];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            values[p] = formulas.ofDouble(source.values()[p]);
        }
        return new DoubleVector(result, values.length, values, null);
    }

    /** Looks for the value that does not fit by computing one position at a time. */
    private static DatasetDbException overflow(
            String name, Vector source, Selection selection, DataType result, Formulas formulas) {
        int k = 0;
        while (k < selection.size() - 1 && fits(source, selection.position(k), result, formulas)) {
            k++;
        }
        return new DatasetDbException(
                KernelError.NUMERIC_OVERFLOW,
                "Cannot compute " + name + "(" + shown(source, selection.position(k))
                        + "): the result is out of range of " + result.sql());
    }

    private static boolean fits(Vector source, int position, DataType result, Formulas formulas) {
        try {
            exact(source.gather(new int[] {position}, 1), Selection.all(1), result, formulas);
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static Vector exact(Vector source, Selection selection, DataType result, Formulas formulas) {
        int size = source.size();
        if (source instanceof Int128Vector wide) {
            long[] high = new long[size];
            long[] low = new long[size];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                BigInteger value = formulas.ofBig(Int128Vector.toBigInteger(wide.high()[p], wide.low()[p]));
                high[p] = value.shiftRight(64).longValueExact();
                low[p] = value.longValue();
            }
            return new Int128Vector(result, size, high, low, null);
        }
        ExactOperand operand = ExactOperand.of(source);
        if (source instanceof IntVector) {
            int[] values = new int[size];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                values[p] = checked(formulas.ofLong(operand.low(p)), result.kind());
            }
            return new IntVector(result, size, values, null);
        }
        long[] values = new long[size];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            values[p] = formulas.ofLong(operand.low(p));
        }
        return new LongVector(result, size, values, null);
    }

    private static int checked(long value, DataType.Kind kind) {
        boolean fits = kind == DataType.Kind.TINYINT
                ? value == (byte) value
                : kind == DataType.Kind.SMALLINT ? value == (short) value : value == (int) value;
        if (!fits) {
            throw new ArithmeticException();
        }
        return (int) value;
    }

    /** The value at a position as messages show it. */
    static String shown(Vector vector, int position) {
        StringBuilder out = new StringBuilder();
        ValueText.append(out, vector, position);
        return out.toString();
    }
}
