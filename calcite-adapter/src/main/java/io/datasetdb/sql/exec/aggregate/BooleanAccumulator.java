// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/** EVERY, SOME and COUNTIF: how many values are TRUE and how many are FALSE. */
final class BooleanAccumulator extends NonNullAccumulator {
    /** What to make of the counts. */
    enum Mode {
        EVERY,
        SOME,
        COUNTIF
    }

    private final Mode mode;
    private final DataType type;
    private long[] trues = {};
    private long[] falses = {};

    BooleanAccumulator(Mode mode, DataType type) {
        this.mode = mode;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        trues = resized(trues, groups);
        falses = resized(falses, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        boolean[] values = ((BooleanVector) arguments[0].flatten()).values();
        for (int i = 0; i < count; i++) {
            if (values[positions[i]]) {
                trues[groups[i]]++;
            } else {
                falses[groups[i]]++;
            }
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        BooleanAccumulator source = (BooleanAccumulator) other;
        for (int i = 0; i < count; i++) {
            trues[to[i]] += source.trues[from[i]];
            falses[to[i]] += source.falses[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        if (mode == Mode.COUNTIF) {
            return Results.longs(type, trues, from, to, null);
        }
        boolean[] values = new boolean[to - from];
        boolean[] seen = new boolean[to - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = mode == Mode.EVERY ? falses[from + i] == 0 : trues[from + i] > 0;
            seen[i] = trues[from + i] + falses[from + i] > 0;
        }
        return new BooleanVector(type, values.length, values, Results.validity(seen, 0, seen.length));
    }

    @Override
    public long heapBytes() {
        return 16L * trues.length;
    }
}
