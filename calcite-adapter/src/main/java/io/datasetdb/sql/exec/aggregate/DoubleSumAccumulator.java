// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/** SUM, SUM0 and AVG of REAL and DOUBLE, in DOUBLE. */
final class DoubleSumAccumulator extends NonNullAccumulator {
    private final SumAccumulator.Mode mode;
    private final DataType type;
    private double[] sums = {};
    private long[] counts = {};

    DoubleSumAccumulator(SumAccumulator.Mode mode, DataType type) {
        this.mode = mode;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        sums = resized(sums, groups);
        counts = resized(counts, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        double[] values = Numbers.doubles(arguments[0], positions, count);
        double[] target = sums;
        long[] rows = counts;
        for (int i = 0; i < count; i++) {
            target[groups[i]] += values[i];
            rows[groups[i]]++;
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        DoubleSumAccumulator source = (DoubleSumAccumulator) other;
        for (int i = 0; i < count; i++) {
            sums[to[i]] += source.sums[from[i]];
            counts[to[i]] += source.counts[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            double sum = sums[from + i];
            values[i] = mode == SumAccumulator.Mode.AVG ? sum / counts[from + i] : sum;
        }
        long[] validity = mode == SumAccumulator.Mode.SUM0 ? null : Results.validity(counts, 1, from, to);
        return Results.doubles(type, values, validity);
    }

    @Override
    public long heapBytes() {
        return 16L * sums.length;
    }
}
