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

    SumAccumulator(Mode mode, DataType argument, DataType type) {
        this.mode = mode;
        this.type = type;
        this.scale = Numbers.scale(argument);
        this.sums = new ExactSums(mode.name());
    }

    @Override
    public void resize(int groups) {
        sums.resize(groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        sums.add(groups, positions, count, arguments[0]);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        SumAccumulator source = (SumAccumulator) other;
        for (int i = 0; i < count; i++) {
            sums.merge(source.sums, from[i], to[i]);
        }
    }

    @Override
    public Vector result(int from, int to) {
        boolean[] any = new boolean[to - from];
        for (int i = 0; i < any.length; i++) {
            any[i] = mode == Mode.SUM0 || sums.count(from + i) > 0;
        }
        return sums.result(type, scale, from, to, mode == Mode.AVG, Results.validity(any, 0, any.length));
    }

    @Override
    public long heapBytes() {
        return sums.heapBytes();
    }
}
