// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.BoundCalls;
import io.datasetdb.sql.exec.aggregate.GroupedBatch;
import io.datasetdb.sql.exec.aggregate.GroupingFunction;
import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of one grouping set and the state of all calls for them. */
final class GroupingSet {
    private static final int PARTITION_BITS = 5;
    /** Into how many partitions groups are divided at each level. */
    static final int PARTITIONS = 1 << PARTITION_BITS;

    private final AggregateOperator.Factory factory;
    private final int[] keys;
    private final GroupTable table;
    /** Those that are not a {@link GroupingFunction}. */
    private final BoundCalls calls;

    private final GroupedBatch rows;

    private final int earlierEqualSets;
    private int[] ids = {};

    GroupingSet(AggregateOperator.Factory factory, int set) {
        this.factory = factory;
        this.keys = factory.groupingSets().get(set);
        List<DataType> inputs = factory.input().types();
        this.table = GroupTable.of(Arrays.stream(keys).mapToObj(inputs::get).toList(), factory.fast());
        this.rows = new GroupedBatch(factory.fast());
        this.calls = new BoundCalls(
                factory.calls().stream()
                        .filter(call -> !(call.function() instanceof GroupingFunction))
                        .toList(),
                inputs,
                factory.fast());
        this.earlierEqualSets = (int) factory.groupingSets().subList(0, set).stream()
                .filter(earlier -> sorted(earlier).equals(sorted(keys)))
                .count();
        calls.resize(groups());
    }

    private static List<Integer> sorted(int[] ordinals) {
        return Arrays.stream(ordinals).sorted().boxed().toList();
    }

    void add(Batch batch, int[] positions) {
        int count = batch.size();
        if (ids.length < count) {
            ids = new int[count];
        }
        int before = table.size();
        table.put(keys(batch), positions, count, ids);
        if (table.size() > before) {
            calls.resize(groups());
        }
        rows.set(ids, positions, count, groups());
        calls.add(rows, batch::column);
    }

    /** Takes the rows of the groups that are there already; returns the others. */
    Batch addKnown(Batch batch) {
        int[] positions = batch.selection().positions();
        int count = batch.size();
        if (hasNoKeys()) {
            add(batch, positions);
            return batch.select(Selection.all(0));
        }
        int[] found = new int[count];
        table.find(keys(batch), positions, count, found);
        int[] known = new int[count];
        int[] rest = new int[count];
        int knownCount = 0;
        int restCount = 0;
        for (int i = 0; i < count; i++) {
            if (found[i] >= 0) {
                found[knownCount] = found[i];
                known[knownCount++] = positions[i];
            } else {
                rest[restCount++] = positions[i];
            }
        }
        rows.set(found, known, knownCount, groups());
        calls.add(rows, batch::column);
        return batch.select(Selection.of(rest, restCount));
    }

    private Vector[] keys(Batch batch) {
        Vector[] vectors = new Vector[keys.length];
        for (int i = 0; i < keys.length; i++) {
            vectors[i] = batch.column(keys[i]);
        }
        return vectors;
    }

    /** Whether there is only the one group of all rows. */
    boolean hasNoKeys() {
        return keys.length == 0;
    }

    /**
     * The partition of each row of a batch, in the order of its selection: some bits of the hash of the keys, other ones at
     * each level.
     */
    int[] partitions(Batch batch, int level) {
        return partitions(Arrays.asList(keys(batch)), batch.selection(), level);
    }

    private static int[] partitions(List<Vector> columns, Selection selection, int level) {
        int count = selection.size();
        int[] result = new int[count];
        long[] hashes = new long[count];
        for (int i = 0; i < columns.size(); i++) {
            ValueHash.hash(columns.get(i), selection, hashes, i > 0);
        }
        int shift = Long.SIZE - (level + 1) * PARTITION_BITS;
        for (int i = 0; i < count; i++) {
            result[i] = (int) (hashes[i] >>> shift) & (PARTITIONS - 1);
        }
        return result;
    }

    /**
     * Numbers of groups, partition by partition.
     *
     * @param starts where each partition's start; one more element than there are partitions
     */
    record Members(int[] groups, int[] starts) {}

    /** See {@link GroupTable#bounds}. */
    GroupTable.@Nullable Bounds bounds() {
        return table.bounds();
    }

    /** The groups by piece of the range of their keys, so that each piece is a smaller range. */
    Members members(GroupTable.Bounds whole) {
        return members(table.pieces(whole, PARTITIONS));
    }

    /** The groups by partition at some level. */
    Members members(int level) {
        int size = groups();
        int[] partition = new int[size];
        for (int from = 0; from < size && !hasNoKeys(); from += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, size - from);
            int[] some = partitions(table.keys(from, from + count), Selection.all(count), level);
            System.arraycopy(some, 0, partition, from, count);
        }
        return members(partition);
    }

    private static Members members(int[] partition) {
        int size = partition.length;
        int[] starts = new int[PARTITIONS + 1];
        for (int group = 0; group < size; group++) {
            starts[partition[group] + 1]++;
        }
        for (int i = 0; i < PARTITIONS; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = starts.clone();
        int[] groups = new int[size];
        for (int group = 0; group < size; group++) {
            groups[next[partition[group]]++] = group;
        }
        return new Members(groups, starts);
    }

    /** Says that no more rows come, so that several threads may absorb these groups at once. */
    void seal() {
        calls.seal();
    }

    /** Takes all groups of another part of the same set. */
    void absorb(GroupingSet other) {
        int[] all = new int[other.groups()];
        Arrays.setAll(all, i -> i);
        absorb(other, all);
    }

    /** Takes the groups of another part that are in a partition. */
    void absorb(GroupingSet other, Members members, int partition, Run run) {
        run.checkCancelled();
        absorb(other, Arrays.copyOfRange(members.groups, members.starts[partition], members.starts[partition + 1]));
    }

    private void absorb(GroupingSet other, int[] others) {
        int[] positions = new int[Batch.SIZE];
        Arrays.setAll(positions, i -> i);
        int[] some = new int[Batch.SIZE];
        int[] own = new int[others.length];
        for (int from = 0; from < others.length && !hasNoKeys(); from += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, others.length - from);
            System.arraycopy(others, from, some, 0, count);
            Vector[] columns = other.table.keys(some, count).toArray(Vector[]::new);
            table.put(columns, positions, count, some);
            System.arraycopy(some, 0, own, from, count);
        }
        calls.resize(groups());
        calls.merge(other.calls, others, own, others.length);
    }

    int groups() {
        return keys.length == 0 ? 1 : table.size();
    }

    List<Vector> result(int from, int to) {
        List<Vector> own = table.keys(from, to);
        List<Vector> columns = new ArrayList<>();
        List<DataType> inputs = factory.input().types();
        for (int key : factory.groupKeys()) {
            int place = placeOf(key);
            columns.add(place < 0 ? ConstantVector.ofNull(inputs.get(key), to - from) : own.get(place));
        }
        int next = 0;
        for (AggregateCall call : factory.calls()) {
            if (call.function() instanceof GroupingFunction function) {
                Vector value = VectorBuilder.vector(call.type(), grouping(function, call));
                columns.add(ConstantVector.of(value, to - from));
            } else {
                columns.add(calls.result(next++, from, to));
            }
        }
        return columns;
    }

    private long grouping(GroupingFunction function, AggregateCall call) {
        return switch (function) {
            case GROUP_ID -> earlierEqualSets;
            case GROUPING, GROUPING_ID -> {
                long bits = 0;
                for (int argument : call.arguments()) {
                    bits = bits << 1 | (placeOf(argument) < 0 ? 1 : 0);
                }
                yield bits;
            }
        };
    }

    private int placeOf(int key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    long heapBytes() {
        return table.heapBytes() + calls.heapBytes();
    }
}
