// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * MIN and MAX of any type, and ARG_MIN and ARG_MAX: the first argument of the row in which the last argument is the
 * smallest
 * or greatest. Rows with a NULL argument do not count; the first of equal rows wins.
 */
final class ExtremeAccumulator extends NonNullAccumulator {
    private final boolean max;
    private final ValueStore keys;
    private final ValueStore values;
    private final boolean hasValues;
    private long[] taken = {};
    private int[] candidates = {};
    private long batch;

    ExtremeAccumulator(boolean max, List<DataType> arguments) {
        this.max = max;
        this.hasValues = arguments.size() > 1;
        this.keys = new ValueStore(arguments.get(arguments.size() - 1));
        this.values = hasValues ? new ValueStore(arguments.get(0)) : keys;
    }

    @Override
    public void resize(int groups) {
        keys.resize(groups);
        if (hasValues) {
            values.resize(groups);
        }
        taken = resized(taken, groups);
        if (candidates.length < taken.length) {
            candidates = java.util.Arrays.copyOf(candidates, taken.length);
        }
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        batch++;
        Vector key = arguments[arguments.length - 1];
        int[] touched = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            int position = positions[i];
            if (taken[group] == batch) {
                if (better(ValueOrder.compare(key, position, key, candidates[group]))) {
                    candidates[group] = position;
                }
            } else if (!keys.has(group)
                    || better(ValueOrder.compare(key, position, keys.vector(group), keys.position(group)))) {
                taken[group] = batch;
                candidates[group] = position;
                touched[size++] = group;
            }
        }
        if (size > 0) {
            int[] winners = new int[size];
            for (int i = 0; i < size; i++) {
                winners[i] = candidates[touched[i]];
            }
            keys.put(touched, winners, size, key);
            if (hasValues) {
                values.put(touched, winners, size, arguments[0]);
            }
        }
    }

    private boolean better(int order) {
        return max ? order > 0 : order < 0;
    }

    @Override
    public void seal() {
        keys.seal();
        values.seal();
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ExtremeAccumulator source = (ExtremeAccumulator) other;
        for (int i = 0; i < count; i++) {
            int f = from[i];
            int t = to[i];
            if (source.keys.has(f)) {
                Vector key = source.keys.vector(f);
                int position = source.keys.position(f);
                if (!keys.has(t) || better(ValueOrder.compare(key, position, keys.vector(t), keys.position(t)))) {
                    if (hasValues) {
                        values.put(new int[] {t}, new int[] {source.values.position(f)}, 1, source.values.vector(f));
                    }
                    keys.put(new int[] {t}, new int[] {position}, 1, key);
                }
            }
        }
    }

    @Override
    public Vector result(int from, int to) {
        return values.result(from, to);
    }

    @Override
    public long heapBytes() {
        return keys.heapBytes() + (hasValues ? values.heapBytes() : 0) + 12L * taken.length;
    }
}
