// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The wish that executions end, made by one thread and seen by others. Whoever runs a statement hands it in with the statement
 * and keeps it, so that the wish reaches an execution that has not answered yet. It cannot be taken back: every execution
 * wants a new one.
 */
public final class Cancellation {
    private final Set<Thread> waiting = new HashSet<>();
    private volatile boolean requested;

    /** Asks every execution that was given this object to end; idempotent, any thread, at any time, also before it starts. */
    public void cancel() {
        synchronized (waiting) {
            requested = true;
            waiting.forEach(Thread::interrupt);
        }
    }

    /**
     * Takes a step of an execution in the caller's thread, which the wish interrupts: a step may be waiting for a storage that
     * does not answer. A step that the wish ended, however it says so, fails with SQLSTATE 57014.
     */
    public <T extends @Nullable Object> T interruptibly(Supplier<T> step) {
        Thread thread = Thread.currentThread();
        boolean outermost;
        synchronized (waiting) {
            check();
            outermost = waiting.add(thread);
        }
        try {
            return step.get();
        } catch (RuntimeException e) {
            if (requested) {
                throw cancelled(e);
            }
            throw e;
        } finally {
            if (outermost) {
                leave(thread);
            }
        }
    }

    /** The interrupt was meant for the step alone. */
    private void leave(Thread thread) {
        synchronized (waiting) {
            waiting.remove(thread);
            if (requested && thread.isInterrupted()) {
                Thread.interrupted();
            }
        }
    }

    /** Whether somebody has asked. */
    public boolean isRequested() {
        return requested;
    }

    /** Fails with SQLSTATE 57014 if somebody has asked. */
    public void check() {
        if (requested) {
            throw cancelled(null);
        }
    }

    private static DatasetDbException cancelled(@Nullable RuntimeException cause) {
        return new DatasetDbException(KernelError.CANCELLED, "Cannot finish the statement: it was cancelled", cause);
    }
}
