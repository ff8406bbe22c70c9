// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.cast.ValueText;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/** Arguments as plain arrays (a constant is repeated, so that one loop serves all), and the errors of arithmetic. */
final class Operands {
    private Operands() {}

    static int[] ints(Vector argument, int rowCount) {
        if (argument instanceof ConstantVector constant) {
            int[] values = new int[rowCount];
            Arrays.fill(values, ((IntVector) constant.single()).values()[0]);
            return values;
        }
        return ((IntVector) argument).values();
    }

    static long[] longs(Vector argument, int rowCount) {
        if (argument instanceof ConstantVector constant) {
            long[] values = new long[rowCount];
            Arrays.fill(values, ((LongVector) constant.single()).values()[0]);
            return values;
        }
        return ((LongVector) argument).values();
    }

    static double[] doubles(Vector argument, int rowCount) {
        if (argument instanceof ConstantVector constant) {
            double[] values = new double[rowCount];
            Arrays.fill(values, ((DoubleVector) constant.single()).values()[0]);
            return values;
        }
        return ((DoubleVector) argument).values();
    }

    static float[] floats(Vector argument, int rowCount) {
        if (argument instanceof ConstantVector constant) {
            float[] values = new float[rowCount];
            Arrays.fill(values, ((FloatVector) constant.single()).values()[0]);
            return values;
        }
        return ((FloatVector) argument).values();
    }

    static DatasetDbException divisionByZero(Arithmetic.Operator operator, List<Vector> arguments, int position) {
        return new DatasetDbException(
                KernelError.DIVISION_BY_ZERO,
                "Cannot compute " + formula(operator, arguments, position) + ": division by zero");
    }

    static DatasetDbException overflow(
            Arithmetic.Operator operator, List<Vector> arguments, int position, DataType result) {
        return new DatasetDbException(
                KernelError.NUMERIC_OVERFLOW,
                "Cannot compute " + formula(operator, arguments, position) + ": the result is out of range of "
                        + result.sql());
    }

    private static String formula(Arithmetic.Operator operator, List<Vector> arguments, int position) {
        StringBuilder out = new StringBuilder();
        ValueText.append(out, arguments.get(0), position);
        out.append(' ').append(operator.symbol()).append(' ');
        ValueText.append(out, arguments.get(1), position);
        return out.toString();
    }
}
