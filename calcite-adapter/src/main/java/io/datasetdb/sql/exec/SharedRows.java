// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one step of a run that several others read: computed for the first of them, kept until the run ends. If they
 * are more than memory has room for, nothing is kept, and every reader computes them for itself.
 */
final class SharedRows implements AutoCloseable {
    private enum State {
        UNKNOWN,
        KEPT,
        TOO_MANY
    }

    private final MemoryBudget.Account memory;
    private State state = State.UNKNOWN;
    private List<Batch> batches = List.of();

    SharedRows(MemoryBudget memory) {
        this.memory = memory.account("rows that several parts of the statement read");
    }

    /** Computes the rows, unless somebody has; returns whether they are kept. Whoever else asks meanwhile waits. */
    synchronized boolean complete(Run run, OperatorFactory step) {
        if (state == State.UNKNOWN) {
            state = State.TOO_MANY;
            RowBuffer rows = new RowBuffer(step.types());
            try {
                if (fill(run, step, rows)) {
                    batches = batches(rows);
                    state = State.KEPT;
                }
            } finally {
                if (state == State.TOO_MANY) {
                    memory.close();
                }
            }
        }
        return state == State.KEPT;
    }

    private boolean fill(Run run, OperatorFactory step, RowBuffer rows) {
        List<Operator> parts = Operators.divided(run, step);
        boolean[] full = {false};
        try {
            List<Scheduler.Task> tasks = new ArrayList<>();
            for (Operator part : parts) {
                tasks.add(() -> {
                    run.checkCancelled();
                    Batch batch = part.next();
                    if (batch == null) {
                        return false;
                    }
                    synchronized (rows) {
                        rows.append(batch);
                        full[0] |= !memory.tryHold(2 * rows.heapBytes());
                        return !full[0];
                    }
                });
            }
            run.inParallel(tasks);
        } finally {
            Operators.close(parts);
        }
        return !full[0];
    }

    private static List<Batch> batches(RowBuffer rows) {
        rows.seal();
        List<Batch> result = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += Batch.SIZE) {
            result.add(rows.slice(from, Math.min(rows.size(), from + Batch.SIZE)));
        }
        return result;
    }

    /** The rows, if they are kept. */
    synchronized List<Batch> batches() {
        return batches;
    }

    @Override
    public synchronized void close() {
        batches = List.of();
        memory.close();
    }
}
