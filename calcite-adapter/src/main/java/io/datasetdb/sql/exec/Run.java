// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.spill.SpillFolder;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.Batch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one plan: its bindings, its cancel flag and time-out, and what its operators share. Closed after its
 * operators, by whoever made it.
 */
public final class Run implements AutoCloseable {
    private final Bindings bindings;
    private final BooleanSupplier cancelledFromOutside;
    private final AtomicBoolean cancelled;
    private final long deadlineNanos;
    private final Settings settings;
    private final MemoryBudget memory;
    private final SpillFolder spill;
    private final @Nullable Scheduler scheduler;
    private final Map<Object, Object> shared;
    private final Map<FilterSlot, ColumnFilter> filters;
    private final @Nullable StepProfile step;

    /**
     * @param bindings parameters and the like
     * @param timeoutNanos how long the run may take, or 0 for no limit
     */
    public Run(Bindings bindings, long timeoutNanos) {
        this(bindings, timeoutNanos, MemoryBudget.ofHeap(), () -> false, null);
    }

    /** A run with the settings that fit this machine. */
    public Run(
            Bindings bindings,
            long timeoutNanos,
            MemoryBudget memory,
            BooleanSupplier cancelledFromOutside,
            @Nullable Scheduler scheduler) {
        this(bindings, timeoutNanos, Settings.ofMachine(), memory, cancelledFromOutside, scheduler);
    }

    /**
     * @param bindings parameters and the like
     * @param timeoutNanos how long the run may take, or 0 for no limit
     * @param settings what may be used of threads, memory and optimizations
     * @param memory what operators may keep on the heap; a child of the process's budget, with the limit of this run
     * @param cancelledFromOutside whether somebody beside {@link #cancel} wants the run to end; asked at every poll
     * @param scheduler the threads that pipelines are divided among; without it one thread does all
     */
    public Run(
            Bindings bindings,
            long timeoutNanos,
            Settings settings,
            MemoryBudget memory,
            BooleanSupplier cancelledFromOutside,
            @Nullable Scheduler scheduler) {
        this.bindings = bindings;
        this.cancelled = new AtomicBoolean();
        this.cancelledFromOutside = cancelledFromOutside;
        this.deadlineNanos = timeoutNanos == 0 ? 0 : System.nanoTime() + timeoutNanos;
        this.memory = memory;
        this.spill = SpillFolder.ofProcess();
        this.settings = settings;
        this.scheduler = settings.threads() == 1 ? null : scheduler;
        this.shared = Collections.synchronizedMap(new IdentityHashMap<>());
        this.filters = Map.of();
        this.step = null;
    }

    private Run(
            Run whole,
            @Nullable Scheduler scheduler,
            Map<FilterSlot, ColumnFilter> filters,
            MemoryBudget memory,
            SpillFolder spill,
            @Nullable StepProfile step) {
        this.bindings = whole.bindings;
        this.cancelled = whole.cancelled;
        this.cancelledFromOutside = whole.cancelledFromOutside;
        this.deadlineNanos = whole.deadlineNanos;
        this.settings = whole.settings;
        this.memory = memory;
        this.spill = spill;
        this.scheduler = scheduler;
        this.shared = whole.shared;
        this.filters = filters;
        this.step = step;
    }

    /** The same run for a part of the plan that must stay on one thread. */
    public Run serial() {
        return scheduler == null ? this : new Run(this, null, filters, memory, spill, step);
    }

    /** The same run for a part of the plan from which rows that do not pass these filters may be left out. */
    Run with(Map<FilterSlot, ? extends ColumnFilter> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<FilterSlot, ColumnFilter> all = new HashMap<>(filters);
        all.putAll(more);
        return new Run(this, scheduler, all, memory, spill, step);
    }

    /** The filter of a step above this part of the plan, if there is one by now. */
    @Nullable
    ColumnFilter filter(FilterSlot slot) {
        return filters.get(slot);
    }

    /** The step that this run is for, if it keeps account. */
    @Nullable
    StepProfile step() {
        return step;
    }

    /** The same run for one step, in whose profile it is written what the step does. */
    Run of(StepProfile profile) {
        return new Run(this, scheduler, filters, profile.memory(), profile.spill(), profile);
    }

    /** Into how many parts a step is worth dividing; 1 if it must stay on one thread. */
    public int workers() {
        return scheduler == null ? 1 : Math.min(settings.threads(), scheduler.threads());
    }

    /** Does all tasks, at the same time as far as there are threads; see {@link Scheduler#run}. */
    public void inParallel(List<? extends Scheduler.Task> tasks) {
        if (step == null) {
            perform(tasks);
        } else {
            step.waiting(() -> perform(step.timed(tasks)));
        }
    }

    private void perform(List<? extends Scheduler.Task> tasks) {
        if (scheduler != null) {
            scheduler.run(tasks.size() <= workers() ? tasks : atMost(workers(), tasks));
            return;
        }
        for (Scheduler.Task task : tasks) {
            boolean more = true;
            while (more) {
                more = task.step();
            }
        }
    }

    /** As many tasks as asked for, which do all of these between them. */
    private static List<Scheduler.Task> atMost(int count, List<? extends Scheduler.Task> tasks) {
        Queue<Scheduler.Task> waiting = new ConcurrentLinkedQueue<>(tasks);
        List<Scheduler.Task> result = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            result.add(new Scheduler.Task() {
                private Scheduler.@Nullable Task current = waiting.poll();

                @Override
                public boolean step() {
                    if (current != null && !current.step()) {
                        current = waiting.poll();
                    }
                    return current != null;
                }
            });
        }
        return result;
    }

    /**
     * Pulls all inputs dry, at the same time as far as there are threads.
     *
     * @param sinks who takes the batches of the {@code i}th input; each is called by one thread at a time
     */
    void drain(List<Operator> inputs, List<? extends Consumer<Batch>> sinks) {
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Operator input = inputs.get(i);
            Consumer<Batch> sink = sinks.get(i);
            tasks.add(() -> {
                checkCancelled();
                Batch batch = input.next();
                if (batch != null) {
                    sink.accept(batch);
                }
                return batch != null;
            });
        }
        inParallel(tasks);
    }

    /** Whether an optimization is on. */
    public boolean uses(Optimization optimization) {
        return settings.uses(optimization);
    }

    public Bindings bindings() {
        return bindings;
    }

    /** What operators may keep on the heap. */
    public MemoryBudget memory() {
        return memory;
    }

    /** Where operators put what they may not keep on the heap. */
    public SpillFolder spill() {
        return spill;
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

    /** How far the scans are that were begun; may be asked by any thread. */
    public List<RowsPassed> rowsPassed() {
        List<RowsPassed> scans = new ArrayList<>();
        shared.values().forEach(value -> {
            if (value instanceof RowsPassed rows) {
                scans.add(rows);
            }
        });
        return scans;
    }

    /** Lets go of what operators share and removes the files of the run; idempotent. */
    @Override
    public void close() {
        List<AutoCloseable> open = new ArrayList<>();
        open.add(spill::close);
        shared.values().forEach(value -> {
            if (value instanceof AutoCloseable closeable) {
                open.add(closeable);
            }
        });
        shared.clear();
        Operators.close(open);
    }
}
