// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;

/**
 * The one order and equality of values that comparisons, joins, groups and sorts share. {@link ValueHash} agrees with it.
 *
 * <p>VARCHAR by UTF-8 bytes (which is code point order), VARBINARY by unsigned bytes, UUID as an unsigned 128-bit number,
 * FALSE before TRUE. {@code NaN} equals itself and is greater than any other number; {@code -0.0} equals {@code 0.0}. DECIMALs
 * of different scales compare by value. ARRAY and ROW element by element, the shorter array first; MAP as the
 * array of its entries in the order of their keys, so that the order of insertion does not matter. Inside ARRAY, MAP and
 * ROW a NULL equals NULL and is greater than any value.
 *
 * <p>Vectors may be wrapped; both have the same type, except that integers of any width, and DECIMALs of any precision and
 * scale, compare with each other.
 */
public final class ValueOrder {
    private ValueOrder() {}

    /** Compares positions of two vectors whose values are already known; made once per pair of vectors. */
    @FunctionalInterface
    public interface Positions {
        /** Negative, zero or positive, as the value at {@code i} is less than, equal to or greater than the one at {@code j}. */
        int compare(int i, int j);
    }

    /** Negative, zero or positive; neither position may be NULL. */
    public static int compare(Vector left, int i, Vector right, int j) {
        if (left instanceof DictionaryVector wrapper) {
            return compare(wrapper.dictionary(), wrapper.ids()[i], right, j);
        }
        if (right instanceof DictionaryVector wrapper) {
            return compare(left, i, wrapper.dictionary(), wrapper.ids()[j]);
        }
        if (left instanceof ConstantVector wrapper) {
            return compare(wrapper.single(), 0, right, j);
        }
        if (right instanceof ConstantVector wrapper) {
            return compare(left, i, wrapper.single(), 0);
        }
        return compareFlat(left, i, right, j);
    }

    /** Whether the values are equal; neither position may be NULL. */
    public static boolean equal(Vector left, int i, Vector right, int j) {
        if (left instanceof BytesVector l && right instanceof BytesVector r) {
            return Arrays.equals(
                    l.data(), l.offsets()[i], l.offsets()[i + 1], r.data(), r.offsets()[j], r.offsets()[j + 1]);
        }
        if (left instanceof DictionaryVector l
                && right instanceof DictionaryVector r
                && l.dictionary() == r.dictionary()
                && l.ids()[i] == r.ids()[j]) {
            return true;
        }
        return compare(left, i, right, j) == 0;
    }

    /** As IS NOT DISTINCT FROM: equal, or both NULL. */
    public static boolean notDistinct(Vector left, int i, Vector right, int j) {
        boolean leftNull = left.isNull(i);
        if (leftNull || right.isNull(j)) {
            return leftNull && right.isNull(j);
        }
        return equal(left, i, right, j);
    }

    /** As {@link #compare}, with NULL equal to NULL and greater than any value. */
    public static int compareNullsLast(Vector left, int i, Vector right, int j) {
        boolean leftNull = left.isNull(i);
        boolean rightNull = right.isNull(j);
        if (leftNull || rightNull) {
            return Boolean.compare(leftNull, rightNull);
        }
        return compare(left, i, right, j);
    }

    /** As {@link #compare} for many positions of the same two vectors: looks at their forms once. */
    public static Positions comparator(Vector left, Vector right) {
        if (left instanceof IntVector l && right instanceof IntVector r) {
            int[] a = l.values();
            int[] b = r.values();
            return (i, j) -> Integer.compare(a[i], b[j]);
        }
        if (left instanceof LongVector l && right instanceof LongVector r && scale(l) == scale(r)) {
            long[] a = l.values();
            long[] b = r.values();
            return (i, j) -> Long.compare(a[i], b[j]);
        }
        if (left instanceof DoubleVector l && right instanceof DoubleVector r) {
            double[] a = l.values();
            double[] b = r.values();
            return (i, j) -> compareDoubles(a[i], b[j]);
        }
        return (i, j) -> compare(left, i, right, j);
    }

    /** The order of DOUBLE values. */
    public static int compareDoubles(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        return a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }

    private static int compareFlat(Vector left, int i, Vector right, int j) {
        if (left instanceof IntVector l && right instanceof IntVector r) {
            return Integer.compare(l.values()[i], r.values()[j]);
        }
        if (left instanceof BytesVector l && right instanceof BytesVector r) {
            return Arrays.compareUnsigned(
                    l.data(), l.offsets()[i], l.offsets()[i + 1], r.data(), r.offsets()[j], r.offsets()[j + 1]);
        }
        if (left instanceof DoubleVector l && right instanceof DoubleVector r) {
            return compareDoubles(l.values()[i], r.values()[j]);
        }
        if (left instanceof FloatVector l && right instanceof FloatVector r) {
            return compareDoubles(l.values()[i], r.values()[j]);
        }
        if (left instanceof BooleanVector l && right instanceof BooleanVector r) {
            return Boolean.compare(l.values()[i], r.values()[j]);
        }
        if (left instanceof Int128Vector l
                && right instanceof Int128Vector r
                && l.type().kind() == DataType.Kind.UUID) {
            int high = Long.compareUnsigned(l.high()[i], r.high()[j]);
            return high != 0 ? high : Long.compareUnsigned(l.low()[i], r.low()[j]);
        }
        if (left instanceof ListVector l && right instanceof ListVector r) {
            return compareLists(l, i, r, j);
        }
        if (left instanceof RowVector l && right instanceof RowVector r) {
            return compareRows(l, i, r, j);
        }
        if (left instanceof MapVector l && right instanceof MapVector r) {
            return compareMaps(l, i, r, j);
        }
        return compareExact(left, i, right, j);
    }

    /** Whole numbers and decimals of whatever forms. */
    private static int compareExact(Vector left, int i, Vector right, int j) {
        int scale = scale(left) - scale(right);
        long leftLow = low(left, i);
        long rightLow = low(right, j);
        long leftHigh = high(left, i, leftLow);
        long rightHigh = high(right, j, rightLow);
        if (scale == 0) {
            return leftHigh != rightHigh ? Long.compare(leftHigh, rightHigh) : Long.compareUnsigned(leftLow, rightLow);
        }
        var leftValue = Int128Vector.toBigInteger(leftHigh, leftLow);
        var rightValue = Int128Vector.toBigInteger(rightHigh, rightLow);
        return scale < 0
                ? leftValue.multiply(java.math.BigInteger.TEN.pow(-scale)).compareTo(rightValue)
                : leftValue.compareTo(rightValue.multiply(java.math.BigInteger.TEN.pow(scale)));
    }

    static int scale(Vector vector) {
        return vector.type() instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    }

    static long low(Vector vector, int i) {
        if (vector instanceof LongVector longs) {
            return longs.values()[i];
        }
        if (vector instanceof Int128Vector wide) {
            return wide.low()[i];
        }
        if (vector instanceof IntVector ints) {
            return ints.values()[i];
        }
        throw new IllegalStateException("not comparable: " + vector.type());
    }

    static long high(Vector vector, int i, long low) {
        return vector instanceof Int128Vector wide ? wide.high()[i] : low >> 63;
    }

    private static int compareLists(ListVector left, int i, ListVector right, int j) {
        int from = left.offsets()[i];
        int length = left.length(i);
        int otherFrom = right.offsets()[j];
        int otherLength = right.length(j);
        for (int k = 0; k < Math.min(length, otherLength); k++) {
            int order = compareNullsLast(left.elements(), from + k, right.elements(), otherFrom + k);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(length, otherLength);
    }

    private static int compareRows(RowVector left, int i, RowVector right, int j) {
        for (int k = 0; k < left.fields().size(); k++) {
            int order = compareNullsLast(left.field(k), i, right.field(k), j);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareMaps(MapVector left, int i, MapVector right, int j) {
        Integer[] entries = sortedEntries(left, i);
        Integer[] otherEntries = sortedEntries(right, j);
        for (int k = 0; k < Math.min(entries.length, otherEntries.length); k++) {
            int order = compare(left.keys(), entries[k], right.keys(), otherEntries[k]);
            if (order == 0) {
                order = compareNullsLast(left.values(), entries[k], right.values(), otherEntries[k]);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(entries.length, otherEntries.length);
    }

    private static Integer[] sortedEntries(MapVector map, int position) {
        Integer[] entries = new Integer[map.length(position)];
        for (int k = 0; k < entries.length; k++) {
            entries[k] = map.offsets()[position] + k;
        }
        Arrays.sort(entries, (a, b) -> compare(map.keys(), a, map.keys(), b));
        return entries;
    }
}
