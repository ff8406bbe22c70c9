// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes on only the first of a group's rows with equal arguments. */
final class DistinctAccumulator implements Accumulator {
    private final Accumulator inner;
    private final List<DataType> types;
    private GroupTable seen;
    /** As long as there is one group, its number is not part of the key. */
    private boolean grouped;

    private @Nullable GroupIndex index;

    DistinctAccumulator(Accumulator inner, List<DataType> types) {
        this.inner = inner;
        this.types = types;
        this.seen = GroupTable.of(types);
    }

    /** The arguments after a column of group numbers, aligned with them. */
    static Vector[] keys(int[] groups, int[] positions, int count, Vector[] arguments) {
        Vector[] keys = new Vector[arguments.length + 1];
        keys[0] = groupNumbers(groups, positions, count, arguments);
        System.arraycopy(arguments, 0, keys, 1, arguments.length);
        return keys;
    }

    /** A column of group numbers, aligned with the arguments. */
    static Vector groupNumbers(int[] groups, int[] positions, int count, Vector[] arguments) {
        int[] numbers = new int[arguments[0].size()];
        for (int i = 0; i < count; i++) {
            numbers[positions[i]] = groups[i];
        }
        return new IntVector(DataType.INTEGER, numbers.length, numbers, null);
    }

    @Override
    public void resize(int groups) {
        inner.resize(groups);
        if (groups > 1 && !grouped) {
            grouped = true;
            List<DataType> keyTypes = new ArrayList<>();
            keyTypes.add(DataType.INTEGER);
            keyTypes.addAll(types);
            GroupTable old = seen;
            seen = GroupTable.of(keyTypes);
            Vector[] values = old.keys(0, old.size()).toArray(Vector[]::new);
            int[] positions = new int[old.size()];
            Arrays.setAll(positions, i -> i);
            int[] zeros = new int[old.size()];
            if (old.size() > 0) {
                seen.put(keys(zeros, positions, zeros.length, values), positions, zeros.length, new int[zeros.length]);
            }
        }
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        // rows of several groups may share a position (window frames); a key vector has one place for each
        int done = 0;
        while (done < count) {
            int end = distinctRun(positions, done, count);
            int[] someGroups = done == 0 && end == count ? groups : Arrays.copyOfRange(groups, done, end);
            int[] somePositions = done == 0 && end == count ? positions : Arrays.copyOfRange(positions, done, end);
            addRun(someGroups, somePositions, end - done, arguments);
            done = end;
        }
    }

    /** The end of the ascending run of positions that starts at {@code from}. */
    private static int distinctRun(int[] positions, int from, int count) {
        int end = from + 1;
        while (end < count && positions[end] > positions[end - 1]) {
            end++;
        }
        return end;
    }

    private void addRun(int[] groups, int[] positions, int count, Vector[] arguments) {
        int next = seen.size();
        int[] ids = new int[count];
        Vector[] keys = grouped ? keys(groups, positions, count, arguments) : arguments;
        seen.put(keys, positions, count, ids);
        if (seen.size() == next) {
            return;
        }
        int[] keptGroups = new int[count];
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (ids[i] == next) {
                next++;
                keptGroups[size] = groups[i];
                kept[size++] = positions[i];
            }
        }
        inner.add(keptGroups, kept, size, arguments);
    }

    /** {@code other} is not this accumulator. Several threads may merge from it at once. */
    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        DistinctAccumulator source = (DistinctAccumulator) other;
        source.index().forEach(from, to, count, (numbers, groups, some) -> {
            List<Vector> keys = source.seen.keys(numbers, some);
            Vector[] values = (source.grouped ? keys.subList(1, keys.size()) : keys).toArray(Vector[]::new);
            int[] positions = new int[some];
            Arrays.setAll(positions, i -> i);
            add(groups, positions, some, values);
        });
    }

    /** Numbers of what has been seen by group. */
    private synchronized GroupIndex index() {
        GroupIndex result = index;
        if (result == null || result.members().length != seen.size()) {
            result = GroupIndex.of(grouped ? groupsSeen() : new int[seen.size()], seen.size());
            index = result;
        }
        return result;
    }

    private int[] groupsSeen() {
        int size = seen.size();
        int[] groups = new int[size];
        for (int from = 0; from < size; from += Batch.SIZE) {
            int to = Math.min(size, from + Batch.SIZE);
            System.arraycopy(((IntVector) seen.keys(from, to).get(0)).values(), 0, groups, from, to - from);
        }
        return groups;
    }

    @Override
    public Vector result(int from, int to) {
        return inner.result(from, to);
    }

    @Override
    public long heapBytes() {
        return seen.heapBytes() + inner.heapBytes();
    }
}
