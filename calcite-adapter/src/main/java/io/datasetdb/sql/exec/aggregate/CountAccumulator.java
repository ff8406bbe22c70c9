// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/** Counts rows without a NULL argument; with no arguments all rows. */
final class CountAccumulator extends NonNullAccumulator {
    private final DataType type;
    private long[] counts = {};

    CountAccumulator(DataType type) {
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        counts = resized(counts, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        long[] target = counts;
        for (int i = 0; i < count; i++) {
            target[groups[i]]++;
        }
    }

    @Override
    void addByGroup(GroupedBatch rows, Vector[] arguments) {
        for (int group = 0; group < rows.groupCount(); group++) {
            counts[group] += rows.start(group + 1) - rows.start(group);
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        long[] source = ((CountAccumulator) other).counts;
        for (int i = 0; i < count; i++) {
            counts[to[i]] += source[from[i]];
        }
    }

    @Override
    public Vector result(int from, int to) {
        return Results.longs(type, counts, from, to, null);
    }

    @Override
    public long heapBytes() {
        return 8L * counts.length;
    }
}
