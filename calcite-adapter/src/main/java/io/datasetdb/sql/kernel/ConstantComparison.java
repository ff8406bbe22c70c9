// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.util.Arrays;

/** A value vector against one constant. */
final class ConstantComparison {
    private ConstantComparison() {}

    /** The selected positions (none NULL) at which {@code flat operator constant[0]}. */
    static Selection match(Comparison.Operator operator, Vector flat, Vector constant, Selection selection) {
        if (flat instanceof IntVector ints) {
            return RangeMatch.ints(ints.values(), range(operator, flat, constant), selection);
        }
        if (flat instanceof LongVector longs) {
            return RangeMatch.longs(longs.values(), range(operator, flat, constant), selection);
        }
        if (flat instanceof DoubleVector doubles) {
            return doubles(operator, doubles, ((DoubleVector) constant).values()[0], selection);
        }
        if (flat instanceof FloatVector floats) {
            return floats(operator, floats, ((FloatVector) constant).values()[0], selection);
        }
        if (flat instanceof BytesVector bytes) {
            return bytes(operator, bytes, ((BytesVector) constant).bytes(0), selection);
        }
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            positions[count] = p;
            count += operator.accepts(ValueOrder.compare(flat, p, constant, 0)) ? 1 : 0;
        }
        return Selections.hits(selection, positions, count);
    }

    private static LongRange range(Comparison.Operator operator, Vector flat, Vector constant) {
        int scale = ValueOrder.scale(flat);
        int constantScale = ValueOrder.scale(constant);
        long low = ValueOrder.low(constant, 0);
        if (scale == constantScale && !(constant instanceof Int128Vector)) {
            return LongRange.of(operator, low);
        }
        BigDecimal value =
                new BigDecimal(Int128Vector.toBigInteger(ValueOrder.high(constant, 0, low), low), constantScale);
        return LongRange.of(operator, value.movePointRight(scale));
    }

    /** NaN is above all ranges: {@code v > c} is "not in [-∞, c]". */
    private static Selection doubles(Comparison.Operator operator, DoubleVector v, double c, Selection selection) {
        return RangeMatch.doubles(
                v.values(), low(operator, c), high(operator, c, Math.nextDown(c)), isNegated(operator, c), selection);
    }

    private static Selection floats(Comparison.Operator operator, FloatVector v, float c, Selection selection) {
        return RangeMatch.floats(
                v.values(), low(operator, c), high(operator, c, Math.nextDown(c)), isNegated(operator, c), selection);
    }

    private static double low(Comparison.Operator operator, double c) {
        if (Double.isNaN(c)) {
            return isAlwaysOrNever(operator) ? 1 : Double.NEGATIVE_INFINITY;
        }
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> c;
            case LESS, GREATER_OR_EQUAL -> c == Double.NEGATIVE_INFINITY ? 1 : Double.NEGATIVE_INFINITY;
            case LESS_OR_EQUAL, GREATER -> Double.NEGATIVE_INFINITY;
        };
    }

    private static double high(Comparison.Operator operator, double c, double below) {
        if (Double.isNaN(c)) {
            return isAlwaysOrNever(operator) ? 0 : Double.POSITIVE_INFINITY;
        }
        return switch (operator) {
            case EQUAL, NOT_EQUAL, LESS_OR_EQUAL, GREATER -> c;
            case LESS, GREATER_OR_EQUAL -> c == Double.NEGATIVE_INFINITY ? 0 : below;
        };
    }

    private static boolean isNegated(Comparison.Operator operator, double c) {
        if (Double.isNaN(c)) {
            return operator == Comparison.Operator.EQUAL
                    || operator == Comparison.Operator.GREATER_OR_EQUAL
                    || operator == Comparison.Operator.LESS_OR_EQUAL;
        }
        return operator == Comparison.Operator.NOT_EQUAL
                || operator == Comparison.Operator.GREATER
                || operator == Comparison.Operator.GREATER_OR_EQUAL;
    }

    /** Every number is {@code <= NaN} and none is {@code > NaN}. */
    private static boolean isAlwaysOrNever(Comparison.Operator operator) {
        return operator == Comparison.Operator.LESS_OR_EQUAL || operator == Comparison.Operator.GREATER;
    }

    private static Selection bytes(
            Comparison.Operator operator, BytesVector vector, byte[] constant, Selection selection) {
        byte[] data = vector.data();
        int[] offsets = vector.offsets();
        int length = constant.length;
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (operator == Comparison.Operator.EQUAL || operator == Comparison.Operator.NOT_EQUAL) {
            boolean wanted = operator == Comparison.Operator.EQUAL;
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                int from = offsets[p];
                int to = offsets[p + 1];
                boolean equal = to - from == length && Arrays.equals(data, from, to, constant, 0, length);
                count += equal == wanted ? 1 : 0;
            }
        } else {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                int order = Arrays.compareUnsigned(data, offsets[p], offsets[p + 1], constant, 0, length);
                count += operator.accepts(order) ? 1 : 0;
            }
        }
        return Selections.hits(selection, positions, count);
    }
}
