// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** The calls of one aggregation at run time. Calls that need the same state, as SUM and AVG of a column do, share it. */
public final class BoundCalls {
    private final List<BoundCall> states = new ArrayList<>();
    /** What yields the result, one a call. */
    private final Accumulator[] results;

    private final boolean shares;

    /**
     * @param inputs the types of the input's columns
     * @param shares whether calls may share state
     */
    public BoundCalls(List<AggregateCall> calls, List<DataType> inputs, boolean shares) {
        this.shares = shares;
        results = new Accumulator[calls.size()];
        // a sum also knows how many values there were, a count does not know their sum
        for (int i = 0; i < results.length; i++) {
            if (calls.get(i).function() != StandardAggregate.COUNT) {
                results[i] = bind(calls.get(i), inputs);
            }
        }
        for (int i = 0; i < results.length; i++) {
            if (results[i] == null) {
                results[i] = bind(calls.get(i), inputs);
            }
        }
    }

    private Accumulator bind(AggregateCall call, List<DataType> inputs) {
        for (BoundCall state : states) {
            Accumulator shared = shares ? state.answering(call) : null;
            if (shared != null) {
                return shared;
            }
        }
        BoundCall bound = new BoundCall(call, inputs);
        states.add(bound);
        return bound.accumulator();
    }

    /** See {@link Accumulator#resize}. */
    public void resize(int groups) {
        for (BoundCall state : states) {
            state.accumulator().resize(groups);
        }
    }

    /**
     * Takes a batch.
     *
     * @param input the input's columns by ordinal; asked for those that the calls read
     */
    public void add(GroupedBatch rows, IntFunction<Vector> input) {
        for (BoundCall state : states) {
            state.add(rows, input);
        }
    }

    /** See {@link Accumulator#seal}. */
    public void seal() {
        for (BoundCall state : states) {
            state.accumulator().seal();
        }
    }

    /** See {@link Accumulator#merge}; {@code other} has the same calls. */
    public void merge(BoundCalls other, int[] from, int[] to, int count) {
        for (int i = 0; i < states.size(); i++) {
            states.get(i).accumulator().merge(other.states.get(i).accumulator(), from, to, count);
        }
    }

    /** The results of one call; see {@link Accumulator#result}. */
    public Vector result(int call, int from, int to) {
        return Objects.requireNonNull(results[call]).result(from, to);
    }

    /** Bytes on the heap, roughly. */
    public long heapBytes() {
        long bytes = 0;
        for (BoundCall state : states) {
            bytes += state.accumulator().heapBytes();
        }
        return bytes;
    }
}
