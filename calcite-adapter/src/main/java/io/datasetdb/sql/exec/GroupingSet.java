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

/** The groups of one grouping set and the state of all calls for them. */
final class GroupingSet {
    private final AggregateOperator.Factory factory;
    private final int[] keys;
    private final GroupTable table;
    /** Those that are not a {@link GroupingFunction}. */
    private final BoundCalls calls;

    private final GroupedBatch rows = new GroupedBatch();

    private final int earlierEqualSets;
    private int[] ids = {};

    GroupingSet(AggregateOperator.Factory factory, int set) {
        this.factory = factory;
        this.keys = factory.groupingSets().get(set);
        List<DataType> inputs = factory.input().types();
        this.table = GroupTable.of(Arrays.stream(keys).mapToObj(inputs::get).toList());
        this.calls = new BoundCalls(
                factory.calls().stream()
                        .filter(call -> !(call.function() instanceof GroupingFunction))
                        .toList(),
                inputs);
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
        Vector[] vectors = new Vector[keys.length];
        for (int i = 0; i < keys.length; i++) {
            vectors[i] = batch.column(keys[i]);
        }
        int before = table.size();
        table.put(vectors, positions, count, ids);
        if (table.size() > before) {
            calls.resize(groups());
        }
        rows.set(ids, positions, count, groups());
        calls.add(rows, batch::column);
    }

    /** Takes all groups of another part of the same set. */
    void absorb(GroupingSet other) {
        int[] positions = new int[Batch.SIZE];
        Arrays.setAll(positions, i -> i);
        for (int from = 0; from < other.groups(); from += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, other.groups() - from);
            absorb(other, from, other.table.keys(from, from + count).toArray(Vector[]::new), positions, count);
        }
    }

    /** Takes the groups of another part whose keys hash to one of several pieces. */
    void absorb(GroupingSet other, int piece, int pieces, Run run) {
        long[] hashes = new long[Batch.SIZE];
        int[] positions = new int[Batch.SIZE];
        for (int from = 0; from < other.groups(); from += Batch.SIZE) {
            run.checkCancelled();
            int size = Math.min(Batch.SIZE, other.groups() - from);
            List<Vector> columns = other.table.keys(from, from + size);
            for (int i = 0; i < columns.size(); i++) {
                ValueHash.hash(columns.get(i), Selection.all(size), hashes, i > 0);
            }
            int count = 0;
            for (int i = 0; i < size; i++) {
                positions[count] = i;
                // the upper half of the product: scales the upper bits of the hash to the number of pieces
                count += (int) ((hashes[i] >>> 32) * pieces >>> 32) == piece ? 1 : 0;
            }
            absorb(other, from, columns.toArray(Vector[]::new), positions, count);
        }
    }

    private void absorb(GroupingSet other, int from, Vector[] columns, int[] positions, int count) {
        int[] own = new int[count];
        int[] others = new int[count];
        table.put(columns, positions, count, own);
        for (int i = 0; i < count; i++) {
            others[i] = from + positions[i];
        }
        calls.resize(groups());
        calls.merge(other.calls, others, own, count);
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
