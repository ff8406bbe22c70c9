// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.udf.AggregateFunction;
import io.datasetdb.udf.AggregateState;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** The states of a user's aggregate function, one a group. */
final class UserAccumulator implements Accumulator {
    /** A guess: nobody knows what an object of a user holds. */
    private static final long STATE_BYTES = 64;

    private static final long VALUE_BYTES = 32;

    private final AggregateFunction function;
    private final DataType type;
    private final List<AggregateState> states = new ArrayList<>();
    private long kept;

    UserAccumulator(AggregateFunction function, DataType type) {
        this.function = function;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        while (states.size() < groups) {
            states.add(function.states().get());
        }
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        List<Vector> row = List.of(arguments);
        for (int i = 0; i < count; i++) {
            states.get(groups[i]).add(row, positions[i]);
        }
        kept += function.keepsRows() ? count : 0;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        UserAccumulator source = (UserAccumulator) other;
        for (int i = 0; i < count; i++) {
            states.get(to[i]).merge(source.states.get(from[i]));
        }
        // An upper bound: of the other's groups perhaps only some were taken.
        kept += source == this ? 0 : source.kept;
    }

    @Override
    public Vector result(int from, int to) {
        VectorBuilder builder = VectorBuilder.of(type, to - from);
        for (int group = from; group < to; group++) {
            builder.append(states.get(group).result());
        }
        return builder.build();
    }

    @Override
    public long heapBytes() {
        return STATE_BYTES * states.size()
                + VALUE_BYTES * kept * Math.max(1, function.parameters().size());
    }
}
