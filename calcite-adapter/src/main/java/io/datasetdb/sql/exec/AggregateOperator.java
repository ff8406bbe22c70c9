// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by hashing and computes aggregate functions. The columns of the result are the group keys, NULL where a
 * key is
 * not part of the row's grouping set, then the calls. Groups come out set by set, in the order in which they were first
 * seen. An empty grouping set yields one row even without input.
 */
public final class AggregateOperator extends InputOperator {
    /**
     * @param groupKeys ordinals of input columns
     * @param groupingSets each a subset of {@code groupKeys}, by the same ordinals; {@code List.of(groupKeys)} for a
     * plain
     *     GROUP BY
     * @param calls may be none (DISTINCT)
     */
    public record Factory(OperatorFactory input, int[] groupKeys, List<int[]> groupingSets, List<AggregateCall> calls)
            implements OperatorFactory {
        public Factory {
            groupingSets = List.copyOf(groupingSets);
            calls = List.copyOf(calls);
        }

        /** A plain GROUP BY. */
        public Factory(OperatorFactory input, int[] groupKeys, List<AggregateCall> calls) {
            this(input, groupKeys, List.of(groupKeys), calls);
        }

        @Override
        public List<DataType> types() {
            List<DataType> inputs = input.types();
            List<DataType> types = new ArrayList<>();
            for (int key : groupKeys) {
                types.add(inputs.get(key));
            }
            calls.forEach(call -> types.add(call.type()));
            return List.copyOf(types);
        }

        @Override
        public Operator create(Run run) {
            return new AggregateOperator(run, this);
        }
    }

    private final List<GroupingSet> sets = new ArrayList<>();
    private boolean aggregated;
    private int currentSet;
    private int nextGroup;

    private AggregateOperator(Run run, Factory factory) {
        super(run, List.of(factory.input), "the groups of an aggregation");
        for (int i = 0; i < factory.groupingSets.size(); i++) {
            sets.add(new GroupingSet(factory, i));
        }
    }

    @Override
    @Nullable
    Batch produce() {
        if (!aggregated) {
            aggregate();
        }
        while (currentSet < sets.size()) {
            GroupingSet set = sets.get(currentSet);
            int to = Math.min(set.groups(), nextGroup + Batch.SIZE);
            if (to > nextGroup) {
                Batch batch = Batch.of(set.result(nextGroup, to), to - nextGroup);
                nextGroup = to;
                return batch;
            }
            currentSet++;
            nextGroup = 0;
        }
        return null;
    }

    private void aggregate() {
        aggregated = true;
        for (Batch batch = pull(0); batch != null; batch = pull(0)) {
            int[] positions = batch.selection().positions();
            long bytes = 0;
            for (GroupingSet set : sets) {
                set.add(batch, positions);
                bytes += set.heapBytes();
            }
            memory.hold(bytes);
        }
    }
}
