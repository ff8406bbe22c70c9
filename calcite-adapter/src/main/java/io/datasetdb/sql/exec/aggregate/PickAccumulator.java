// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/** One of a group's values by the place of its row. */
final class PickAccumulator implements Accumulator {
    /** Which one. */
    enum Mode {
        FIRST,
        LAST,
        /** The first that is not NULL. */
        ANY,
        /** The only one; a second row is an error. */
        SINGLE
    }

    private final Mode mode;
    private final ValueStore store;
    /** The last batch in which a group got a value, to take no more than one a group and batch. */
    private long[] taken = {};

    private long batch;

    PickAccumulator(Mode mode, DataType type) {
        this.mode = mode;
        this.store = new ValueStore(type);
    }

    @Override
    public void resize(int groups) {
        store.resize(groups);
        taken = NonNullAccumulator.resized(taken, groups);
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        batch++;
        Vector vector = arguments[0];
        int[] keptGroups = new int[count];
        int[] kept = new int[count];
        int size = 0;
        for (int k = 0; k < count; k++) {
            int i = mode == Mode.LAST ? count - 1 - k : k;
            int group = groups[i];
            boolean full = taken[group] == batch || (mode != Mode.LAST && store.has(group));
            if (full && mode == Mode.SINGLE) {
                throw new DatasetDbException(
                        KernelError.MORE_THAN_ONE_ROW,
                        "Cannot use a sub-query as a value: it yields more than one row");
            }
            if (!full && !(mode == Mode.ANY && vector.isNull(positions[i]))) {
                taken[group] = batch;
                keptGroups[size] = group;
                kept[size++] = positions[i];
            }
        }
        if (size > 0) {
            store.put(keptGroups, kept, size, vector);
        }
    }

    @Override
    public void seal() {
        store.seal();
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ValueStore source = ((PickAccumulator) other).store;
        for (int i = 0; i < count; i++) {
            if (source.has(from[i])) {
                add(new int[] {to[i]}, new int[] {source.position(from[i])}, 1, new Vector[] {source.vector(from[i])});
            }
        }
    }

    @Override
    public Vector result(int from, int to) {
        return store.result(from, to);
    }

    @Override
    public long heapBytes() {
        return store.heapBytes() + 8L * taken.length;
    }
}
