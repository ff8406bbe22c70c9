// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.BoundCall;
import io.datasetdb.sql.exec.aggregate.GroupingFunction;
import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
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
    /** One a call that is not a {@link GroupingFunction}. */
    private final List<BoundCall> calls = new ArrayList<>();

    private final int earlierEqualSets;
    private int[] ids = {};

    GroupingSet(AggregateOperator.Factory factory, int set) {
        this.factory = factory;
        this.keys = factory.groupingSets().get(set);
        List<DataType> inputs = factory.input().types();
        this.table = GroupTable.of(Arrays.stream(keys).mapToObj(inputs::get).toList());
        for (AggregateCall call : factory.calls()) {
            if (!(call.function() instanceof GroupingFunction)) {
                calls.add(new BoundCall(call, inputs));
            }
        }
        this.earlierEqualSets = (int) factory.groupingSets().subList(0, set).stream()
                .filter(earlier -> sorted(earlier).equals(sorted(keys)))
                .count();
        resize();
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
            resize();
        }
        for (BoundCall call : calls) {
            call.add(ids, positions, count, batch::column);
        }
    }

    private void resize() {
        for (BoundCall call : calls) {
            call.accumulator().resize(groups());
        }
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
                columns.add(calls.get(next++).accumulator().result(from, to));
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
        long bytes = table.heapBytes();
        for (BoundCall call : calls) {
            bytes += call.accumulator().heapBytes();
        }
        return bytes;
    }
}
