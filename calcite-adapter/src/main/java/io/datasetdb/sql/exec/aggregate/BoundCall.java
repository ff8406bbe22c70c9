// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One call at run time: its function's accumulator inside what DISTINCT and ORDER BY need around it, the columns it
 * reads
 * and its FILTER.
 */
public final class BoundCall {
    private final AggregateCall call;
    private final int[] columns;
    private final Accumulator accumulator;

    /**
     * @param inputs the types of the input's columns
     */
    public BoundCall(AggregateCall call, List<DataType> inputs) {
        this.call = call;
        Aggregator function = call.function();
        List<Integer> ordinals = new ArrayList<>();
        for (int argument : call.arguments()) {
            ordinals.add(argument);
        }
        int own = ordinals.size();
        call.ordering().forEach(key -> ordinals.add(key.ordinal()));
        List<DataType> types = ordinals.stream().map(inputs::get).toList();
        int passed = function.ordersAsArguments() ? types.size() : own;
        Accumulator result = function.accumulator(types.subList(0, passed), call.type());
        if (call.distinct() && passed > 0 && !function.ignoresDuplicates()) {
            result = new DistinctAccumulator(result, types.subList(0, passed));
        }
        boolean ordered = !call.ordering().isEmpty() && (function.orderSensitive() || function.ordersAsArguments());
        if (ordered) {
            List<SortKey> keys = new ArrayList<>();
            for (int i = 0; i < call.ordering().size(); i++) {
                SortKey key = call.ordering().get(i);
                keys.add(new SortKey(own + i, key.ascending(), key.nullsFirst()));
            }
            result = new OrderedAccumulator(result, types, keys, passed);
        }
        int read = ordered ? types.size() : passed;
        this.columns = ordinals.stream().mapToInt(Integer::intValue).limit(read).toArray();
        this.accumulator = result;
    }

    /**
     * Takes rows into their groups; see {@link Accumulator#add}.
     *
     * @param input the input's columns by ordinal; asked for those that the call reads
     */
    public void add(int[] groups, int[] positions, int count, IntFunction<Vector> input) {
        Vector[] arguments = new Vector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            arguments[i] = input.apply(columns[i]);
        }
        if (call.filter() < 0) {
            accumulator.add(groups, positions, count, arguments);
            return;
        }
        BooleanVector filter = (BooleanVector) input.apply(call.filter()).flatten();
        int[] keptGroups = new int[count];
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (!filter.isNull(position) && filter.values()[position]) {
                keptGroups[size] = groups[i];
                kept[size++] = position;
            }
        }
        if (size > 0) {
            accumulator.add(keptGroups, kept, size, arguments);
        }
    }

    /** Whether the states of parts of a group may be merged instead of adding its rows one by one. */
    public boolean isMergeable() {
        return !call.distinct()
                && !call.function().orderSensitive()
                && call.ordering().isEmpty();
    }

    public Accumulator accumulator() {
        return accumulator;
    }
}
