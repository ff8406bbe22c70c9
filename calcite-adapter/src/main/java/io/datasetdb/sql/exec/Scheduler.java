// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which the pipelines of all running queries take turns. A task works for one time slice and then queues
 * up again behind the others, so that a short query does not wait for the end of a long one. A task that itself starts
 * tasks does them on its own thread: no thread of the pool ever waits for another.
 */
public final class Scheduler implements AutoCloseable {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A piece of work that one thread at a time goes on with. */
    @FunctionalInterface
    public interface Task {
        /** Does a little, about a batch of rows; returns whether there is more to do. */
        boolean step();
    }

    private final ThreadPoolExecutor pool;
    private final int threads;

    /**
     * @param threads how many tasks run at once, at least 1
     */
    public Scheduler(int threads) {
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PoolThread::new);
        pool.allowCoreThreadTimeOut(true);
    }

    /** As many threads as the process has processors. */
    public static Scheduler ofProcessors() {
        return new Scheduler(Runtime.getRuntime().availableProcessors());
    }

    /** How many tasks run at once. */
    public int threads() {
        return threads;
    }

    /**
     * Does all tasks and returns when none is at work any more. If one throws, the others end after their current step and
     * the first failure is thrown on. An interrupt of the caller reaches the threads that work for it.
     */
    public void run(List<? extends Task> tasks) {
        if (tasks.size() == 1 || Thread.currentThread() instanceof PoolThread) {
            tasks.forEach(Scheduler::runHere);
            return;
        }
        Group group = new Group(tasks.size());
        for (Task task : tasks) {
            Slice slice = new Slice(task, group);
            if (!slice.isQueued()) {
                slice.run();
            }
        }
        group.await();
    }

    private static void runHere(Task task) {
        boolean more = true;
        while (more) {
            more = task.step();
        }
    }

    /** Ends the threads; what still runs goes on to its end. */
    @Override
    public void close() {
        pool.shutdown();
    }

    /** Known by its class, so that tasks started from it stay on it. */
    private static final class PoolThread extends Thread {
        PoolThread(Runnable work) {
            super(work, "datasetdb-worker");
            setDaemon(true);
        }
    }

    /** Tasks that end together. */
    private static final class Group {
        private final CountDownLatch open;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Set<Thread> working = new HashSet<>();

        Group(int tasks) {
            open = new CountDownLatch(tasks);
        }

        void fail(Throwable cause) {
            if (!failure.compareAndSet(null, cause)) {
                Throwable first = failure.get();
                if (first != null && first != cause) {
                    first.addSuppressed(cause);
                }
            }
        }

        synchronized void enter() {
            working.add(Thread.currentThread());
        }

        /** The interrupt was meant for this group's work alone. */
        synchronized void leave() {
            working.remove(Thread.currentThread());
            Thread.interrupted();
        }

        private synchronized void interrupt() {
            working.forEach(Thread::interrupt);
        }

        /** Waits for the last one even if interrupted: its buffers are still in use until then. */
        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    open.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    interrupt();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Throwable cause = failure.get();
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            if (cause instanceof Error known) {
                throw known;
            }
        }
    }

    private final class Slice implements Runnable {
        private final Task task;
        private final Group group;

        Slice(Task task, Group group) {
            this.task = task;
            this.group = group;
        }

        @Override
        public void run() {
            boolean more = work();
            while (more && !isQueued()) {
                more = work();
            }
            if (!more) {
                group.open.countDown();
            }
        }

        /** Whether somebody goes on with it later; not after the pool is closed. */
        private boolean isQueued() {
            try {
                pool.execute(this);
                return true;
            } catch (RejectedExecutionException e) {
                return false;
            }
        }

        /** Works for one slice; returns whether there is more to do. */
        private boolean work() {
            boolean more = false;
            group.enter();
            try {
                long end = System.nanoTime() + SLICE_NANOS;
                do {
                    more = group.failure.get() == null && task.step();
                } while (more && System.nanoTime() - end < 0);
                return more;
            } catch (RuntimeException | Error e) {
                group.fail(e);
                return false;
            } finally {
                group.leave();
            }
        }
    }
}
