// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** DOUBLE and REAL. Without division, the loops also run over positions that are not selected: nothing can fail there. */
final class FloatArithmetic {
    private final Arithmetic.Operator operator;

    private FloatArithmetic(Arithmetic.Operator operator) {
        this.operator = operator;
    }

    static VectorCall.Body body(Arithmetic.Operator operator, DataType type) {
        FloatArithmetic arithmetic = new FloatArithmetic(operator);
        return type.kind() == DataType.Kind.DOUBLE ? arithmetic::doubles : arithmetic::floats;
    }

    private Vector doubles(List<Vector> arguments, Selection selection, int rowCount) {
        double[] a = Operands.doubles(arguments.get(0), rowCount);
        double[] b = Operands.doubles(arguments.get(1), rowCount);
        double[] result = new double[rowCount];
        switch (operator) {
            case ADD -> {
                for (int p = 0; p < rowCount; p++) {
                    result[p] = a[p] + b[p];
                }
            }
            case SUBTRACT -> {
                for (int p = 0; p < rowCount; p++) {
                    result[p] = a[p] - b[p];
                }
            }
            case MULTIPLY -> {
                for (int p = 0; p < rowCount; p++) {
                    result[p] = a[p] * b[p];
                }
            }
            case DIVIDE, MODULO -> divide(a, b, result, selection, arguments);
        }
        return new DoubleVector(DataType.DOUBLE, rowCount, result, null);
    }

    private void divide(double[] a, double[] b, double[] result, Selection selection, List<Vector> arguments) {
        boolean modulo = operator == Arithmetic.Operator.MODULO;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            if (b[p] == 0) {
                throw Operands.divisionByZero(operator, arguments, p);
            }
            result[p] = modulo ? a[p] % b[p] : a[p] / b[p];
        }
    }

    private Vector floats(List<Vector> arguments, Selection selection, int rowCount) {
        float[] a = Operands.floats(arguments.get(0), rowCount);
        float[] b = Operands.floats(arguments.get(1), rowCount);
        float[] result = new float[rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            boolean divides = operator == Arithmetic.Operator.DIVIDE || operator == Arithmetic.Operator.MODULO;
            if (divides && b[p] == 0) {
                throw Operands.divisionByZero(operator, arguments, p);
            }
            result[p] = switch (operator) {
                case ADD -> a[p] + b[p];
                case SUBTRACT -> a[p] - b[p];
                case MULTIPLY -> a[p] * b[p];
                case DIVIDE -> a[p] / b[p];
                case MODULO -> a[p] % b[p];
            };
        }
        return new FloatVector(DataType.REAL, rowCount, result, null);
    }
}
