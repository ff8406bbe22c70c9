// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/**
 * SUM, SUM0 and AVG of REAL and DOUBLE, in DOUBLE. What an addition rounds off is summed beside it (Knuth's TwoSum, The Art
 * of Computer Programming 4.2.2), so that the order in which threads see the rows practically never shows in the result.
 */
final class DoubleSumAccumulator extends NonNullAccumulator implements Sums {
    private final SumAccumulator.Mode mode;
    private final DataType type;
    private final State state;

    /** The numbers of all groups, which several functions may share. */
    private static final class State {
        private double[] sums = {};
        private double[] errors = {};
        private long[] counts = {};
    }

    DoubleSumAccumulator(SumAccumulator.Mode mode, DataType type) {
        this(mode, type, new State());
    }

    private DoubleSumAccumulator(SumAccumulator.Mode mode, DataType type, State state) {
        this.mode = mode;
        this.type = type;
        this.state = state;
    }

    @Override
    public Accumulator as(SumAccumulator.Mode newMode, DataType newType) {
        return new DoubleSumAccumulator(newMode, newType, state);
    }

    @Override
    public void resize(int groups) {
        state.sums = resized(state.sums, groups);
        state.errors = resized(state.errors, groups);
        state.counts = resized(state.counts, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        double[] values = Numbers.doubles(arguments[0], positions, count);
        long[] rows = state.counts;
        for (int i = 0; i < count; i++) {
            add(groups[i], values[i]);
            rows[groups[i]]++;
        }
    }

    @Override
    void addByGroup(GroupedBatch rows, Vector[] arguments) {
        double[] values = Numbers.doubles(arguments[0], rows.members(), rows.count());
        for (int group = 0; group < rows.groupCount(); group++) {
            int from = rows.start(group);
            int to = rows.start(group + 1);
            double sum = state.sums[group];
            double error = 0;
            for (int i = from; i < to; i++) {
                double value = values[i];
                double next = sum + value;
                double added = next - sum;
                error += (sum - (next - added)) + (value - added);
                sum = next;
            }
            state.sums[group] = sum;
            state.errors[group] += error;
            state.counts[group] += to - from;
        }
    }

    private void add(int group, double value) {
        double old = state.sums[group];
        double sum = old + value;
        double added = sum - old;
        state.sums[group] = sum;
        state.errors[group] += (old - (sum - added)) + (value - added);
    }

    /** The error of an infinite sum is not a number. */
    private double sum(int group) {
        double sum = state.sums[group];
        return Double.isFinite(sum) ? sum + state.errors[group] : sum;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        State source = ((DoubleSumAccumulator) other).state;
        for (int i = 0; i < count; i++) {
            add(to[i], source.sums[from[i]]);
            state.errors[to[i]] += source.errors[from[i]];
            state.counts[to[i]] += source.counts[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        if (mode == SumAccumulator.Mode.COUNT) {
            return Results.longs(type, state.counts, from, to, null);
        }
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            double sum = sum(from + i);
            values[i] = mode == SumAccumulator.Mode.AVG ? sum / state.counts[from + i] : sum;
        }
        long[] validity = mode == SumAccumulator.Mode.SUM0 ? null : Results.validity(state.counts, 1, from, to);
        return Results.doubles(type, values, validity);
    }

    @Override
    public long heapBytes() {
        return 24L * state.sums.length;
    }
}
