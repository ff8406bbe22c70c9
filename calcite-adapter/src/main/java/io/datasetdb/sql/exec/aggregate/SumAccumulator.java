// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/** SUM, SUM0 and AVG of whole numbers, DECIMALs and intervals, exactly. */
final class SumAccumulator extends NonNullAccumulator implements Sums {
    /** What to make of the sum. */
    enum Mode {
        /** NULL without rows. */
        SUM,
        /** 0 without rows. */
        SUM0,
        AVG,
        /** How many values there were. */
        COUNT;

        /** What an aggregate function makes of a sum; {@code null} if it is made of something else. */
        static @Nullable Mode of(Aggregator function) {
            if (!(function instanceof StandardAggregate standard)) {
                return null;
            }
            return switch (standard) {
                case SUM -> SUM;
                case SUM0 -> SUM0;
                case AVG -> AVG;
                case COUNT -> COUNT;
                default -> null;
            };
        }
    }

    private final Mode mode;
    private final DataType type;
    private final int scale;
    private final ExactSums sums;

    SumAccumulator(Mode mode, DataType argument, DataType type) {
        this(mode, Numbers.scale(argument), type, new ExactSums(mode.name()));
    }

    private SumAccumulator(Mode mode, int scale, DataType type, ExactSums sums) {
        this.mode = mode;
        this.type = type;
        this.scale = scale;
        this.sums = sums;
    }

    @Override
    public Accumulator as(Mode newMode, DataType newType) {
        return new SumAccumulator(newMode, scale, newType, sums);
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
    void addByGroup(GroupedBatch rows, Vector[] arguments) {
        sums.addByGroup(rows, arguments[0]);
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
        if (mode == Mode.COUNT) {
            return Results.longs(type, sums.counts(from, to), 0, to - from, null);
        }
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
