// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One execution of one plan: its bindings, its cancel flag and time-out, and what its operators share. */
public final class Run {
    private final Bindings bindings;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final BooleanSupplier cancelledFromOutside;
    private final long deadlineNanos;
    private final MemoryBudget memory;
    private final Map<Object, Object> shared = new ConcurrentHashMap<>();

    /**
     * @param bindings parameters and the like
     * @param timeoutNanos how long the run may take, or 0 for no limit
     */
    public Run(Bindings bindings, long timeoutNanos) {
        this(bindings, timeoutNanos, MemoryBudget.ofHeap());
    }

    /**
     * @param bindings parameters and the like
     * @param timeoutNanos how long the run may take, or 0 for no limit
     * @param memory what operators may keep on the heap, perhaps together with other runs
     */
    public Run(Bindings bindings, long timeoutNanos, MemoryBudget memory) {
        this(bindings, timeoutNanos, memory, () -> false);
    }

    /**
     * @param bindings parameters and the like
     * @param timeoutNanos how long the run may take, or 0 for no limit
     * @param memory what operators may keep on the heap, perhaps together with other runs
     * @param cancelledFromOutside whether somebody beside {@link #cancel} wants the run to end; asked at every poll
     */
    public Run(Bindings bindings, long timeoutNanos, MemoryBudget memory, BooleanSupplier cancelledFromOutside) {
        this.bindings = bindings;
        this.cancelledFromOutside = cancelledFromOutside;
        this.deadlineNanos = timeoutNanos == 0 ? 0 : System.nanoTime() + timeoutNanos;
        this.memory = memory;
    }

    public Bindings bindings() {
        return bindings;
    }

    /** What operators may keep on the heap. */
    public MemoryBudget memory() {
        return memory;
    }

    /** Asks the run to end; its next poll throws. */
    public void cancel() {
        cancelled.set(true);
    }

    /** Throws {@link KernelError#CANCELLED} or {@link KernelError#TIMED_OUT} if the run must end. */
    public void checkCancelled() {
        if (cancelled.get() || cancelledFromOutside.getAsBoolean()) {
            throw new DatasetDbException(KernelError.CANCELLED, "Cannot finish the statement: it was cancelled");
        }
        if (deadlineNanos != 0 && System.nanoTime() - deadlineNanos > 0) {
            throw new DatasetDbException(KernelError.TIMED_OUT, "Cannot finish the statement: its time-out has passed");
        }
    }

    /**
     * State that several operators of this run share (e.g. a recursive table), made on first use; keyed by identity
     * of a plan object.
     */
    @SuppressWarnings("unchecked")
    public <T> T shared(Object key, Supplier<T> initial) {
        return (T) shared.computeIfAbsent(key, ignored -> initial.get());
    }
}
