// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What operators with inputs have in common: they poll the run before every input batch, end for good once they have
 * ended,
 * and close each input, and the memory account, exactly once.
 */
abstract class InputOperator implements Operator {
    final Run run;
    final MemoryBudget.Account memory;
    private final List<Operator> inputs;
    private boolean done;
    private boolean closed;

    /**
     * @param purpose what the operator keeps in memory, for messages
     */
    InputOperator(Run run, List<OperatorFactory> inputs, String purpose) {
        this(run, purpose, Operators.create(run, inputs));
    }

    /**
     * @param inputs already started; closed with this operator
     */
    InputOperator(Run run, String purpose, List<Operator> inputs) {
        this.run = run;
        this.memory = run.memory().account(purpose);
        this.inputs = inputs;
    }

    @Override
    public final @Nullable Batch next() {
        if (done) {
            return null;
        }
        run.checkCancelled();
        Batch batch = produce();
        while (batch != null && batch.size() == 0) {
            batch = produce();
        }
        done = batch == null;
        return batch;
    }

    /** The next batch, perhaps an empty one (it is left out), or {@code null} at the end. */
    abstract @Nullable Batch produce();

    /** The next batch of an input. */
    final @Nullable Batch pull(int input) {
        run.checkCancelled();
        return inputs.get(input).next();
    }

    /** Where the last batch of an input belongs. */
    final long pieceOf(int input) {
        return inputs.get(input).piece();
    }

    /** How many inputs there are. */
    final int inputCount() {
        return inputs.size();
    }

    /**
     * Pulls some inputs dry, at the same time as far as there are threads.
     *
     * @param first the first of these inputs
     * @param sinks who takes the batches of each of them; each is called by one thread at a time
     */
    final void drain(int first, List<? extends Consumer<Batch>> sinks) {
        run.drain(inputs.subList(first, first + sinks.size()), sinks);
    }

    /** All rows of an input, accounted for batch by batch. */
    final RowBuffer buffer(int input, List<DataType> types) {
        RowBuffer rows = new RowBuffer(types);
        for (Batch batch = pull(input); batch != null; batch = pull(input)) {
            rows.append(batch);
            memory.hold(rows.heapBytes());
        }
        return rows;
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            done = true;
            memory.close();
            List<AutoCloseable> all = new ArrayList<>();
            all.add(this::closeOwn);
            all.addAll(inputs);
            Operators.close(all);
        }
    }

    /** Closes what the operator itself has opened besides its inputs; called once. */
    void closeOwn() {}
}
