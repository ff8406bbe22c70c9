// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/** MODE: the commonest value, of several the one that came first. */
final class ModeAccumulator extends NonNullAccumulator {
    private final GroupTable pairs;
    private long[] counts = {};
    private int groups;

    ModeAccumulator(DataType argument) {
        this.pairs = GroupTable.of(List.of(DataType.INTEGER, argument));
    }

    @Override
    public void resize(int newGroups) {
        groups = Math.max(groups, newGroups);
    }

    @Override
    void addValues(int[] groupIds, int[] positions, int count, Vector[] arguments) {
        int[] ids = pairIds(groupIds, positions, count, arguments[0]);
        for (int i = 0; i < count; i++) {
            counts[ids[i]]++;
        }
    }

    private int[] pairIds(int[] groupIds, int[] positions, int count, Vector vector) {
        int[] ids = new int[count];
        pairs.put(DistinctAccumulator.keys(groupIds, positions, count, new Vector[] {vector}), positions, count, ids);
        counts = resized(counts, pairs.size());
        return ids;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ModeAccumulator source = (ModeAccumulator) other;
        int size = source.pairs.size();
        int[] groupOfPair = ((IntVector) source.pairs.keys(0, size).get(0)).values();
        GroupIndex.of(groupOfPair, size).forEach(from, to, count, (numbers, targets, some) -> {
            int[] positions = new int[some];
            Arrays.setAll(positions, i -> i);
            int[] ids = pairIds(
                    targets, positions, some, source.pairs.keys(numbers, some).get(1));
            for (int i = 0; i < some; i++) {
                counts[ids[i]] += source.counts[numbers[i]];
            }
        });
    }

    @Override
    public Vector result(int from, int to) {
        int[] best = new int[groups];
        Arrays.fill(best, -1);
        int size = pairs.size();
        List<Vector> keys = pairs.keys(0, size);
        int[] groupOfPair = ((IntVector) keys.get(0)).values();
        for (int id = 0; id < size; id++) {
            int group = groupOfPair[id];
            if (best[group] < 0 || counts[id] > counts[best[group]]) {
                best[group] = id;
            }
        }
        return keys.get(1).gather(Arrays.copyOfRange(best, from, to), to - from).flatten();
    }

    @Override
    public long heapBytes() {
        return pairs.heapBytes() + 8L * counts.length;
    }
}
