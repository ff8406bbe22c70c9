// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.spill.SpillFolder;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What one step of a plan did in one run, over all threads. Safe for several threads. */
public final class StepProfile {
    private final LongAdder rows = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Clock clock;
    private final MemoryBudget wholeMemory;
    private final SpillFolder wholeSpill;
    private final MemoryBudget memory;
    private final SpillFolder spill;

    private StepProfile(Run run, Clock clock) {
        this.clock = clock;
        StepProfile above = run.step();
        this.wholeMemory = above == null ? run.memory() : above.wholeMemory;
        this.wholeSpill = above == null ? run.spill() : above.wholeSpill;
        this.memory = wholeMemory.child(Long.MAX_VALUE);
        this.spill = wholeSpill.part();
    }

    /** The profile that a step has in a run. */
    static StepProfile of(Run run, OperatorFactory step) {
        Clock clock = run.shared(Clock.class, Clock::new);
        return run.shared(step, () -> new StepProfile(run, clock));
    }

    /** Rows that came out. */
    public long rows() {
        return rows.sum();
    }

    /** Time that threads spent in this step and not in its inputs, in nanoseconds, added up over the threads. */
    public long nanos() {
        return nanos.sum();
    }

    /** The most bytes that it said to hold at once. */
    public long peakBytes() {
        return memory.peak();
    }

    /** Bytes that it wrote to temporary files. */
    public long spilledBytes() {
        return spill.bytesWritten();
    }

    MemoryBudget memory() {
        return memory;
    }

    SpillFolder spill() {
        return spill;
    }

    void addRows(int count) {
        rows.add(count);
    }

    /** Does this step's work; what it does of other steps' work is theirs. */
    <T> T timed(Supplier<T> work) {
        long[] inner = clock.inner();
        long outer = inner[0];
        inner[0] = 0;
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            long elapsed = System.nanoTime() - start;
            nanos.add(elapsed - inner[0]);
            inner[0] = outer + elapsed;
        }
    }

    /** The tasks, timed; waiting for them is nobody's work. */
    List<Scheduler.Task> timed(List<? extends Scheduler.Task> tasks) {
        return tasks.stream()
                .<Scheduler.Task>map(task -> () -> timed(task::step))
                .toList();
    }

    /** Waits for others, or works under other names, which is no time of this step. */
    void waiting(Runnable wait) {
        long[] inner = clock.inner();
        long outer = inner[0];
        long start = System.nanoTime();
        try {
            wait.run();
        } finally {
            inner[0] = outer + System.nanoTime() - start;
        }
    }

    /** For each thread, the time since its current step began that was not this step's own. */
    private static final class Clock {
        private final ThreadLocal<long[]> inner = ThreadLocal.withInitial(() -> new long[1]);

        long[] inner() {
            return inner.get();
        }
    }
}
