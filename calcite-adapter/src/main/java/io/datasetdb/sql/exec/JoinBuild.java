// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The right side of a hash join, built once and looked up by one or more operators that share the left side's rows. */
final class JoinBuild {
    private final Run run;
    private final HashJoinOperator.Factory factory;
    private List<Operator> inputs;
    private final MemoryBudget.Account memory;
    private final JoinTable table;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger unclosed = new AtomicInteger();
    private boolean[] matched = {};
    private boolean built;

    /**
     * @param inputs the right side, divided; closed once it is built
     */
    JoinBuild(Run run, HashJoinOperator.Factory factory, List<Operator> inputs) {
        this.run = run;
        this.factory = factory;
        this.inputs = inputs;
        this.memory = run.memory().account("the right side of a join");
        List<DataType> leftTypes = factory.left().types();
        List<DataType> leftKeyTypes =
                Arrays.stream(factory.leftKeys()).mapToObj(leftTypes::get).toList();
        boolean keepsRows = factory.kind().hasRightColumns() || factory.residual() != null;
        this.table = new JoinTable(
                factory.right().types(), keepsRows, factory.rightKeys(), factory.nullSafe(), leftKeyTypes);
    }

    /** Reads the right side, if nobody has; not to be called by two threads. */
    void complete() {
        if (built) {
            return;
        }
        built = true;
        List<Consumer<Batch>> sinks = Collections.nCopies(inputs.size(), this::add);
        run.drain(inputs, sinks);
        table.seal();
        memory.hold(table.heapBytes());
        if (factory.kind().keepsRight()) {
            matched = new boolean[table.rows().size()];
        }
        closeInputs();
    }

    private void closeInputs() {
        List<Operator> open = inputs;
        inputs = List.of();
        Operators.close(open);
    }

    private synchronized void add(Batch batch) {
        table.add(batch);
        memory.hold(table.heapBytes());
    }

    /** One more operator that looks rows up. */
    void open() {
        unfinished.incrementAndGet();
        unclosed.incrementAndGet();
    }

    /** The built table, for the look-ups of one thread. */
    JoinTable reader() {
        return table.reader();
    }

    /** Which right rows have had a match; written by all operators, to be read once all have finished. */
    boolean[] matched() {
        return matched;
    }

    /** Says that an operator's left rows are through; returns whether it was the last one. */
    boolean finish() {
        return unfinished.decrementAndGet() == 0;
    }

    /** Closes everything before any operator is there to do it. */
    void abandon() {
        memory.close();
        closeInputs();
    }

    /** Says that an operator is closed; the last one lets go of the table's memory. */
    void close() {
        if (unclosed.decrementAndGet() == 0) {
            abandon();
        }
    }
}
