// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Distances between embeddings, exact up to rounding. Both arrays must have the same length. A NULL array or a NULL element
 * makes the result NULL; NaN anywhere makes it NaN, which ORDER BY puts behind all numbers. A vector of zeros has no
 * direction, so that its cosine distance is NaN, as in PostgreSQL's pgvector. One of the two is often a constant, the
 * query's vector, which is neither expanded nor measured again for each row.
 */
public final class DistanceFunctions {
    private DistanceFunctions() {}

    @ScalarFunction
    @Description("One minus the cosine of the angle between two vectors, from 0 to 2; NaN if one has no direction.")
    @Example("cosine_distance(ARRAY[1.0, 0.0], ARRAY[0.0, 1.0]) = 1.0")
    @SqlType("DOUBLE")
    public static @Nullable Vector cosineDistance(
            @SqlType("REAL ARRAY") Vector a, @SqlType("REAL ARRAY") Vector b, Selection selection, int rowCount) {
        Floats left = new Floats(a);
        Floats right = new Floats(b);
        return measure(
                "cosine_distance",
                left,
                right,
                selection,
                rowCount,
                (x, y, n) -> Dense.cosineDistance(
                        left.values, x, left.squaredNorm(x, n), right.values, y, right.squaredNorm(y, n), n));
    }

    @ScalarFunction("cosine_distance")
    @Description("One minus the cosine of the angle between two vectors, from 0 to 2; NaN if one has no direction.")
    @Example("cosine_distance(ARRAY[1.0, 0.0], ARRAY[-2.0, 0.0]) = 2.0")
    @SqlType("DOUBLE")
    public static @Nullable Vector cosineDistanceOfDoubles(
            @SqlType("DOUBLE ARRAY") Vector a, @SqlType("DOUBLE ARRAY") Vector b, Selection selection, int rowCount) {
        Doubles left = new Doubles(a);
        Doubles right = new Doubles(b);
        return measure("cosine_distance", left, right, selection, rowCount, (x, y, n) -> {
            double product = Dense.dot(left.values, x, right.values, y, n);
            return Dense.cosineDistance(product, left.squaredNorm(x, n), right.squaredNorm(y, n));
        });
    }

    @ScalarFunction({"euclidean_distance", "l2_distance"})
    @Description("The length of the difference of two vectors.")
    @Example("euclidean_distance(ARRAY[0.0, 0.0], ARRAY[3.0, 4.0]) = 5.0")
    @SqlType("DOUBLE")
    public static @Nullable Vector euclideanDistance(
            @SqlType("REAL ARRAY") Vector a, @SqlType("REAL ARRAY") Vector b, Selection selection, int rowCount) {
        Floats left = new Floats(a);
        Floats right = new Floats(b);
        return measure(
                "euclidean_distance",
                left,
                right,
                selection,
                rowCount,
                (x, y, n) -> Math.sqrt(Dense.squaredDistance(left.values, x, right.values, y, n)));
    }

    @ScalarFunction({"euclidean_distance", "l2_distance"})
    @Description("The length of the difference of two vectors.")
    @Example("euclidean_distance(ARRAY[0.0, 0.0], ARRAY[3.0, 4.0]) = 5.0")
    @SqlType("DOUBLE")
    public static @Nullable Vector euclideanDistanceOfDoubles(
            @SqlType("DOUBLE ARRAY") Vector a, @SqlType("DOUBLE ARRAY") Vector b, Selection selection, int rowCount) {
        Doubles left = new Doubles(a);
        Doubles right = new Doubles(b);
        return measure(
                "euclidean_distance",
                left,
                right,
                selection,
                rowCount,
                (x, y, n) -> Math.sqrt(Dense.squaredDistance(left.values, x, right.values, y, n)));
    }

    @ScalarFunction
    @Description("The sum of the products of two vectors' elements.")
    @Example("inner_product(ARRAY[1.0, 2.0], ARRAY[3.0, 4.0]) = 11.0")
    @SqlType("DOUBLE")
    public static @Nullable Vector innerProduct(
            @SqlType("REAL ARRAY") Vector a, @SqlType("REAL ARRAY") Vector b, Selection selection, int rowCount) {
        Floats left = new Floats(a);
        Floats right = new Floats(b);
        return measure(
                "inner_product",
                left,
                right,
                selection,
                rowCount,
                (x, y, n) -> Dense.dot(left.values, x, right.values, y, n));
    }

    @ScalarFunction("inner_product")
    @Description("The sum of the products of two vectors' elements.")
    @Example("inner_product(ARRAY[1.0, 2.0], ARRAY[3.0, 4.0]) = 11.0")
    @SqlType("DOUBLE")
    public static @Nullable Vector innerProductOfDoubles(
            @SqlType("DOUBLE ARRAY") Vector a, @SqlType("DOUBLE ARRAY") Vector b, Selection selection, int rowCount) {
        Doubles left = new Doubles(a);
        Doubles right = new Doubles(b);
        return measure(
                "inner_product",
                left,
                right,
                selection,
                rowCount,
                (x, y, n) -> Dense.dot(left.values, x, right.values, y, n));
    }

    /** Measures two runs of {@code length} numbers from these elements on. */
    @FunctionalInterface
    private interface Measure {
        double of(int left, int right, int length);
    }

    private static Vector measure(
            String name, Operand left, Operand right, Selection selection, int rowCount, Measure measure) {
        double[] result = new double[rowCount];
        long[] validity = null;
        for (int i = 0; i < selection.size(); i++) {
            int position = selection.position(i);
            int length = left.length(position);
            if (length != right.length(position)) {
                throw new DatasetDbException(
                        UdfError.BAD_ARGUMENT,
                        "Cannot call " + name + ": the arrays have different lengths (" + length + " and "
                                + right.length(position) + ")");
            }
            if (left.hasNull(position) || right.hasNull(position)) {
                validity = validity == null ? Validity.allValid(rowCount) : validity;
                Validity.setNull(validity, position);
            } else {
                result[position] = measure.of(left.start(position), right.start(position), length);
            }
        }
        return new DoubleVector(DataType.DOUBLE, rowCount, result, validity);
    }

    /** Arrays of numbers, or one array that stands at every position. */
    private abstract static class Operand {
        final Vector elements;
        private final boolean constant;
        private final int[] offsets;
        private int knownStart = -1;
        private int knownLength;
        private double knownNorm;

        Operand(Vector vector) {
            constant = vector instanceof ConstantVector;
            ListVector lists = (ListVector) (vector instanceof ConstantVector wrapper ? wrapper.single() : vector);
            offsets = lists.offsets();
            elements = lists.elements().flatten();
        }

        final int start(int position) {
            return offsets[constant ? 0 : position];
        }

        final int length(int position) {
            int index = constant ? 0 : position;
            return offsets[index + 1] - offsets[index];
        }

        final boolean hasNull(int position) {
            long[] validity = elements.validity();
            if (validity == null) {
                return false;
            }
            int start = start(position);
            for (int i = start; i < start + length(position); i++) {
                if (!Validity.isValid(validity, i)) {
                    return true;
                }
            }
            return false;
        }

        /** The sum of squares, computed once if it is asked for the same array again and again. */
        final double squaredNorm(int start, int length) {
            if (start != knownStart || length != knownLength) {
                knownStart = start;
                knownLength = length;
                knownNorm = sumOfSquares(start, length);
            }
            return knownNorm;
        }

        abstract double sumOfSquares(int start, int length);
    }

    private static final class Floats extends Operand {
        final float[] values;

        Floats(Vector vector) {
            super(vector);
            values = ((FloatVector) elements).values();
        }

        @Override
        double sumOfSquares(int start, int length) {
            return Dense.dot(values, start, values, start, length);
        }
    }

    private static final class Doubles extends Operand {
        final double[] values;

        Doubles(Vector vector) {
            super(vector);
            values = ((DoubleVector) elements).values();
        }

        @Override
        double sumOfSquares(int start, int length) {
            return Dense.dot(values, start, values, start, length);
        }
    }
}
