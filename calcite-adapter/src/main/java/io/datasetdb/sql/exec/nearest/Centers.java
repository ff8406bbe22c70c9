// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.udf.builtin.Dense;
import java.util.Arrays;

/**
 * The directions of the middles of an index's lists, each of length 1, or 0 if a list has none. Which of them a vector is nearest to does not depend on
 * its length. The products with all centres grow side by side, a few dimensions at a time, which the compiler makes vector
 * instructions of, and always in the same order, so that the same vectors come into the same lists wherever they are computed.
 */
final class Centers {
    private final float[] values;
    private final int dimension;
    private final int count;
    private final float[] byDimension;

    /**
     * @param values one centre behind the other
     * @param dimension numbers of each
     */
    Centers(float[] values, int dimension) {
        this.values = values;
        this.dimension = dimension;
        this.count = values.length / dimension;
        this.byDimension = new float[values.length];
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < dimension; d++) {
                byDimension[d * count + i] = values[i * dimension + d];
            }
        }
    }

    int count() {
        return count;
    }

    /** One centre behind the other. */
    float[] values() {
        return values;
    }

    /**
     * The number of the centre whose direction is nearest; of several the first.
     *
     * @param vectors in which the vector begins at {@code from}
     * @param products room for a number a centre
     */
    int nearest(float[] vectors, int from, float[] products) {
        Arrays.fill(products, 0, count, 0);
        int d = 0;
        for (; d + 4 <= dimension; d += 4) {
            add(
                    products,
                    count,
                    byDimension,
                    d * count,
                    vectors[from + d],
                    vectors[from + d + 1],
                    vectors[from + d + 2],
                    vectors[from + d + 3]);
        }
        for (; d < dimension; d++) {
            add(products, count, byDimension, d * count, vectors[from + d]);
        }
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (products[i] > products[best]) {
                best = i;
            }
        }
        return best;
    }

    private static void add(float[] products, int count, float[] rows, int at, float x0, float x1, float x2, float x3) {
        int second = at + count;
        int third = second + count;
        int fourth = third + count;
        for (int i = 0; i < count; i++) {
            products[i] += x0 * rows[at + i] + x1 * rows[second + i] + (x2 * rows[third + i] + x3 * rows[fourth + i]);
        }
    }

    private static void add(float[] products, int count, float[] rows, int at, float x) {
        for (int i = 0; i < count; i++) {
            products[i] += x * rows[at + i];
        }
    }

    /**
     * The numbers of all centres, those of the nearest lists first. A list is taken for a part of the ray through its centre, from
     * its shortest vector to its longest.
     *
     * @param lengths for each list the length of the shortest and of the longest of its vectors
     */
    int[] inOrder(float[] query, double squaredQuery, Metric metric, float[] lengths) {
        double[] distances = new double[count];
        for (int i = 0; i < count; i++) {
            double along = Dense.dot(values, i * dimension, query, 0, dimension);
            distances[i] = metric.distance(squaredQuery, along, lengths[2 * i], lengths[2 * i + 1]);
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(distances[a], distances[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
