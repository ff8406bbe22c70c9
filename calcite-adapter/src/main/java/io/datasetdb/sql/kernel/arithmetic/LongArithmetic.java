// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** BIGINT; overflow is gathered in one word and looked at once a batch. */
final class LongArithmetic {
    private final Arithmetic.Operator operator;
    private final DataType type;

    private LongArithmetic(Arithmetic.Operator operator, DataType type) {
        this.operator = operator;
        this.type = type;
    }

    static VectorCall.Body body(Arithmetic.Operator operator, DataType type) {
        return new LongArithmetic(operator, type)::apply;
    }

    private Vector apply(List<Vector> arguments, Selection selection, int rowCount) {
        long[] a = Operands.longs(arguments.get(0), rowCount);
        long[] b = Operands.longs(arguments.get(1), rowCount);
        long[] result = new long[rowCount];
        boolean overflow = switch (operator) {
            case ADD -> add(a, b, result, selection);
            case SUBTRACT -> subtract(a, b, result, selection);
            case MULTIPLY -> multiply(a, b, result, selection);
            case DIVIDE, MODULO -> divide(a, b, result, selection, arguments);
        };
        if (overflow) {
            throw Operands.overflow(operator, arguments, culprit(a, b, selection), type);
        }
        return new LongVector(type, rowCount, result, null);
    }

    private static boolean add(long[] a, long[] b, long[] result, Selection selection) {
        long bad = 0;
        int size = selection.size();
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                long r = a[p] + b[p];
                result[p] = r;
                bad |= (a[p] ^ r) & (b[p] ^ r);
            }
        } else {
            int[] positions = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = positions[k];
                long r = a[p] + b[p];
                result[p] = r;
                bad |= (a[p] ^ r) & (b[p] ^ r);
            }
        }
        return bad < 0;
    }

    private static boolean subtract(long[] a, long[] b, long[] result, Selection selection) {
        long bad = 0;
        int size = selection.size();
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                long r = a[p] - b[p];
                result[p] = r;
                bad |= (a[p] ^ b[p]) & (a[p] ^ r);
            }
        } else {
            int[] positions = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = positions[k];
                long r = a[p] - b[p];
                result[p] = r;
                bad |= (a[p] ^ b[p]) & (a[p] ^ r);
            }
        }
        return bad < 0;
    }

    private static boolean multiply(long[] a, long[] b, long[] result, Selection selection) {
        long bad = 0;
        int size = selection.size();
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            long r = a[p] * b[p];
            result[p] = r;
            bad |= Math.multiplyHigh(a[p], b[p]) ^ (r >> 63);
        }
        return bad != 0;
    }

    private boolean divide(long[] a, long[] b, long[] result, Selection selection, List<Vector> arguments) {
        boolean modulo = operator == Arithmetic.Operator.MODULO;
        boolean overflow = false;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            if (b[p] == 0) {
                throw Operands.divisionByZero(operator, arguments, p);
            }
            result[p] = modulo ? a[p] % b[p] : a[p] / b[p];
            overflow |= !modulo && (a[p] & b[p] & result[p]) < 0;
        }
        return overflow;
    }

    private int culprit(long[] a, long[] b, Selection selection) {
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            try {
                switch (operator) {
                    case ADD -> Math.addExact(a[p], b[p]);
                    case SUBTRACT -> Math.subtractExact(a[p], b[p]);
                    case MULTIPLY -> Math.multiplyExact(a[p], b[p]);
                    case DIVIDE -> Math.multiplyExact(a[p], b[p] == -1 ? -1 : 1);
                    case MODULO -> {}
                }
            } catch (ArithmeticException e) {
                return p;
            }
        }
        throw new IllegalStateException("overflow without a cause");
    }
}
