// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** TINYINT, SMALLINT and INTEGER: computed in 64 bits; the limits are looked at once a batch. */
final class IntArithmetic {
    private final Arithmetic.Operator operator;
    private final DataType type;
    private final long min;
    private final long max;

    private IntArithmetic(Arithmetic.Operator operator, DataType type) {
        this.operator = operator;
        this.type = type;
        this.max = type.kind() == DataType.Kind.TINYINT
                ? Byte.MAX_VALUE
                : type.kind() == DataType.Kind.SMALLINT ? Short.MAX_VALUE : Integer.MAX_VALUE;
        this.min = -max - 1;
    }

    static VectorCall.Body body(Arithmetic.Operator operator, DataType type) {
        return new IntArithmetic(operator, type)::apply;
    }

    private Vector apply(List<Vector> arguments, Selection selection, int rowCount) {
        int[] a = Operands.ints(arguments.get(0), rowCount);
        int[] b = Operands.ints(arguments.get(1), rowCount);
        int[] result = new int[rowCount];
        boolean overflow = switch (operator) {
            case ADD -> add(a, b, result, selection);
            case SUBTRACT -> subtract(a, b, result, selection);
            case MULTIPLY -> multiply(a, b, result, selection);
            case DIVIDE, MODULO -> divide(a, b, result, selection, arguments);
        };
        if (overflow) {
            throw Operands.overflow(operator, arguments, culprit(a, b, selection), type);
        }
        return new IntVector(type, rowCount, result, null);
    }

    private boolean add(int[] a, int[] b, int[] result, Selection selection) {
        long bad = 0;
        int size = selection.size();
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            long r = (long) a[p] + b[p];
            result[p] = (int) r;
            bad |= (r - min) | (max - r);
        }
        return bad < 0;
    }

    private boolean subtract(int[] a, int[] b, int[] result, Selection selection) {
        long bad = 0;
        int size = selection.size();
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            long r = (long) a[p] - b[p];
            result[p] = (int) r;
            bad |= (r - min) | (max - r);
        }
        return bad < 0;
    }

    private boolean multiply(int[] a, int[] b, int[] result, Selection selection) {
        long bad = 0;
        int size = selection.size();
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            long r = (long) a[p] * b[p];
            result[p] = (int) r;
            bad |= (r - min) | (max - r);
        }
        return bad < 0;
    }

    private boolean divide(int[] a, int[] b, int[] result, Selection selection, List<Vector> arguments) {
        boolean modulo = operator == Arithmetic.Operator.MODULO;
        long bad = 0;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            if (b[p] == 0) {
                throw Operands.divisionByZero(operator, arguments, p);
            }
            long r = modulo ? (long) a[p] % b[p] : (long) a[p] / b[p];
            result[p] = (int) r;
            bad |= (r - min) | (max - r);
        }
        return bad < 0;
    }

    private int culprit(int[] a, int[] b, Selection selection) {
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            long r = switch (operator) {
                case ADD -> (long) a[p] + b[p];
                case SUBTRACT -> (long) a[p] - b[p];
                case MULTIPLY -> (long) a[p] * b[p];
                case DIVIDE -> (long) a[p] / b[p];
                case MODULO -> (long) a[p] % b[p];
            };
            if (r < min || r > max) {
                return p;
            }
        }
        throw new IllegalStateException("overflow without a cause");
    }
}
