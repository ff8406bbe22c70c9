// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/** Folds of values that are kept in at most 64 bits: MIN, MAX, BIT_AND, BIT_OR, BIT_XOR. */
final class LongFoldAccumulator extends NonNullAccumulator {
    /** How two values become one. */
    enum Fold {
        MIN,
        MAX,
        AND,
        OR,
        XOR
    }

    private final Fold fold;
    private final DataType type;
    private long[] values = {};
    private boolean[] seen = {};

    LongFoldAccumulator(Fold fold, DataType type) {
        this.fold = fold;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        int old = values.length;
        values = resized(values, groups);
        seen = resized(seen, groups);
        java.util.Arrays.fill(values, old, values.length, neutral());
    }

    private long neutral() {
        return switch (fold) {
            case MIN -> Long.MAX_VALUE;
            case MAX -> Long.MIN_VALUE;
            case AND -> -1;
            case OR, XOR -> 0;
        };
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        fold(groups, Numbers.longs(arguments[0], positions, count), count);
        for (int i = 0; i < count; i++) {
            seen[groups[i]] = true;
        }
    }

    @Override
    void addByGroup(GroupedBatch rows, Vector[] arguments) {
        long[] added = Numbers.longs(arguments[0], rows.members(), rows.count());
        for (int group = 0; group < rows.groupCount(); group++) {
            int from = rows.start(group);
            int to = rows.start(group + 1);
            if (from < to) {
                values[group] = fold(values[group], added, from, to);
                seen[group] = true;
            }
        }
    }

    private long fold(long start, long[] added, int from, int to) {
        long result = start;
        switch (fold) {
            case MIN -> {
                for (int i = from; i < to; i++) {
                    result = Math.min(result, added[i]);
                }
            }
            case MAX -> {
                for (int i = from; i < to; i++) {
                    result = Math.max(result, added[i]);
                }
            }
            case AND -> {
                for (int i = from; i < to; i++) {
                    result &= added[i];
                }
            }
            case OR -> {
                for (int i = from; i < to; i++) {
                    result |= added[i];
                }
            }
            case XOR -> {
                for (int i = from; i < to; i++) {
                    result ^= added[i];
                }
            }
        }
        return result;
    }

    private void fold(int[] groups, long[] added, int count) {
        long[] target = values;
        switch (fold) {
            case MIN -> {
                for (int i = 0; i < count; i++) {
                    target[groups[i]] = Math.min(target[groups[i]], added[i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < count; i++) {
                    target[groups[i]] = Math.max(target[groups[i]], added[i]);
                }
            }
            case AND -> {
                for (int i = 0; i < count; i++) {
                    target[groups[i]] &= added[i];
                }
            }
            case OR -> {
                for (int i = 0; i < count; i++) {
                    target[groups[i]] |= added[i];
                }
            }
            case XOR -> {
                for (int i = 0; i < count; i++) {
                    target[groups[i]] ^= added[i];
                }
            }
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        LongFoldAccumulator source = (LongFoldAccumulator) other;
        for (int i = 0; i < count; i++) {
            values[to[i]] = fold(values[to[i]], source.values, from[i], from[i] + 1);
            seen[to[i]] |= source.seen[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        return Results.longs(type, values, from, to, Results.validity(seen, from, to));
    }

    @Override
    public long heapBytes() {
        return 9L * values.length;
    }
}
