// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/** SUM, SUM0 and AVG of whole numbers, DECIMALs and intervals, exactly. */
final class SumAccumulator extends NonNullAccumulator {
    /** What to make of the sum. */
    enum Mode {
        /** NULL without rows. */
        SUM,
        /** 0 without rows. */
        SUM0,
        AVG
    }

    private final Mode mode;
    private final DataType type;
    private final int scale;
    private final ExactSums sums;
    private long[] counts = {};

    SumAccumulator(Mode mode, DataType argument, DataType type) {
        this.mode = mode;
        this.type = type;
        this.scale = Numbers.scale(argument);
        this.sums = new ExactSums(mode.name());
    }

    @Override
    public void resize(int groups) {
        sums.resize(groups);
        counts = resized(counts, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        sums.add(groups, positions, count, arguments[0]);
        long[] target = counts;
        for (int i = 0; i < count; i++) {
            target[groups[i]]++;
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        SumAccumulator source = (SumAccumulator) other;
        for (int i = 0; i < count; i++) {
            sums.merge(source.sums, from[i], to[i]);
            counts[to[i]] += source.counts[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        long[] validity = mode == Mode.SUM0 ? null : Results.validity(counts, 1, from, to);
        return sums.result(type, scale, from, to, mode == Mode.AVG ? counts : null, validity);
    }

    @Override
    public long heapBytes() {
        return sums.heapBytes() + 8L * counts.length;
    }
}
