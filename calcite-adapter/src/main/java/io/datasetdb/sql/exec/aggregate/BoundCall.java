// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

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
        List<DataType> types = ordinals.stream().map(inputs::get).toList();
        Accumulator result = function.accumulator(types, call.type());
        if (call.distinct() && own > 0 && !function.ignoresDuplicates()) {
            result = new DistinctAccumulator(result, types);
        }
        if (!call.ordering().isEmpty() && function.orderSensitive()) {
            call.ordering().forEach(key -> ordinals.add(key.ordinal()));
            List<SortKey> keys = new ArrayList<>();
            for (int i = 0; i < call.ordering().size(); i++) {
                SortKey key = call.ordering().get(i);
                keys.add(new SortKey(own + i, key.ascending(), key.nullsFirst()));
            }
            types = ordinals.stream().map(inputs::get).toList();
            result = new OrderedAccumulator(result, types, keys, own);
        }
        int[] distinctKeys = call.distinctKeys();
        if (distinctKeys != null) {
            Arrays.stream(distinctKeys).forEach(ordinals::add);
            types = ordinals.stream().map(inputs::get).toList();
            result = new WithinDistinctAccumulator(result, function.name(), types, own, distinctKeys.length);
        }
        this.columns = ordinals.stream().mapToInt(Integer::intValue).toArray();
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
        BooleanVector filter = call.filter() < 0
                ? null
                : (BooleanVector) input.apply(call.filter()).flatten();
        Vector value = call.ignoreNulls() && arguments.length > 0 && arguments[0].mayHaveNulls() ? arguments[0] : null;
        if (filter == null && value == null) {
            accumulator.add(groups, positions, count, arguments);
            return;
        }
        int[] keptGroups = new int[count];
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            boolean passes = filter == null || !filter.isNull(position) && filter.values()[position];
            if (passes && (value == null || !value.isNull(position))) {
                keptGroups[size] = groups[i];
                kept[size++] = position;
            }
        }
        if (size > 0) {
            accumulator.add(keptGroups, kept, size, arguments);
        }
    }

    /** Takes a batch; see {@link Accumulator#add(GroupedBatch, Vector[])}. */
    void add(GroupedBatch rows, IntFunction<Vector> input) {
        if (call.filter() >= 0 || call.ignoreNulls()) {
            add(rows.groups(), rows.positions(), rows.count(), input);
            return;
        }
        Vector[] arguments = new Vector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            arguments[i] = input.apply(columns[i]);
        }
        accumulator.add(rows, arguments);
    }

    /** What yields the results of another call from this call's state; {@code null} if that does not tell. */
    @Nullable
    Accumulator answering(AggregateCall other) {
        boolean sameRows = Arrays.equals(call.arguments(), other.arguments())
                && call.filter() == other.filter()
                && call.ignoreNulls() == other.ignoreNulls()
                && !call.distinct()
                && !other.distinct()
                && call.distinctKeys() == null
                && other.distinctKeys() == null;
        SumAccumulator.Mode mode = SumAccumulator.Mode.of(other.function());
        return sameRows && mode != null && accumulator instanceof Sums sums ? sums.as(mode, other.type()) : null;
    }

    /** Whether the states of parts of a group may be merged instead of adding its rows one by one. */
    public boolean isMergeable() {
        return !call.distinct()
                && call.distinctKeys() == null
                && !call.function().orderSensitive()
                && call.ordering().isEmpty();
    }

    public Accumulator accumulator() {
        return accumulator;
    }
}
