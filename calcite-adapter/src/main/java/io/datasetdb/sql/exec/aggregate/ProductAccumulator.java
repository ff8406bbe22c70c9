// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;

/** PRODUCT, and GEOMETRIC_MEAN by way of logarithms, which neither overflow nor vanish; NULL without rows. */
final class ProductAccumulator extends NonNullAccumulator {
    private final boolean mean;
    private final DataType type;
    private double[] products = {};
    private long[] counts = {};

    /** @param mean the geometric mean instead of the product */
    ProductAccumulator(boolean mean, DataType type) {
        this.mean = mean;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        int old = products.length;
        products = resized(products, groups);
        Arrays.fill(products, old, products.length, mean ? 0 : 1);
        counts = resized(counts, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        double[] values = Numbers.doubles(arguments[0], positions, count);
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (mean) {
                products[group] += Math.log(values[i]);
            } else {
                products[group] *= values[i];
            }
            counts[group]++;
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ProductAccumulator source = (ProductAccumulator) other;
        for (int i = 0; i < count; i++) {
            double product = source.products[from[i]];
            if (mean) {
                products[to[i]] += product;
            } else {
                products[to[i]] *= product;
            }
            counts[to[i]] += source.counts[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean ? Math.exp(products[from + i] / counts[from + i]) : products[from + i];
        }
        return Results.doubles(type, values, Results.validity(counts, 1, from, to));
    }

    @Override
    public long heapBytes() {
        return 16L * products.length;
    }
}
