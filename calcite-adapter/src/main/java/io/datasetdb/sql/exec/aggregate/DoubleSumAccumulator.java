// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/**
 * SUM, SUM0 and AVG of REAL and DOUBLE, in DOUBLE. What an addition rounds off is summed beside it (Knuth's TwoSum, The Art
 * of Computer Programming 4.2.2), so that the order in which threads see the rows practically never shows in the result.
 */
final class DoubleSumAccumulator extends NonNullAccumulator {
    private final SumAccumulator.Mode mode;
    private final DataType type;
    private double[] sums = {};
    private double[] errors = {};
    private long[] counts = {};

    DoubleSumAccumulator(SumAccumulator.Mode mode, DataType type) {
        this.mode = mode;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        sums = resized(sums, groups);
        errors = resized(errors, groups);
        counts = resized(counts, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        double[] values = Numbers.doubles(arguments[0], positions, count);
        long[] rows = counts;
        for (int i = 0; i < count; i++) {
            add(groups[i], values[i]);
            rows[groups[i]]++;
        }
    }

    private void add(int group, double value) {
        double old = sums[group];
        double sum = old + value;
        double added = sum - old;
        sums[group] = sum;
        errors[group] += (old - (sum - added)) + (value - added);
    }

    /** The error of an infinite sum is not a number. */
    private double sum(int group) {
        double sum = sums[group];
        return Double.isFinite(sum) ? sum + errors[group] : sum;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        DoubleSumAccumulator source = (DoubleSumAccumulator) other;
        for (int i = 0; i < count; i++) {
            add(to[i], source.sums[from[i]]);
            errors[to[i]] += source.errors[from[i]];
            counts[to[i]] += source.counts[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            double sum = sum(from + i);
            values[i] = mode == SumAccumulator.Mode.AVG ? sum / counts[from + i] : sum;
        }
        long[] validity = mode == SumAccumulator.Mode.SUM0 ? null : Results.validity(counts, 1, from, to);
        return Results.doubles(type, values, validity);
    }

    @Override
    public long heapBytes() {
        return 24L * sums.length;
    }
}
