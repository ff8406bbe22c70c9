// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Threads that call functions of the program. A caller works too, so that it is never stuck however many there are. */
public final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService pool;

    /** As many threads at once as given, callers included. */
    public Workers(int threads) {
        this.threads = threads;
        AtomicInteger number = new AtomicInteger();
        this.pool = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "datasetdb-function-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs a task for each number below {@code count}; fails as the first task that fails, after all have ended. */
    void forEach(int count, IntConsumer task) {
        Round round = new Round(count, task);
        for (int i = 1; i < Math.min(threads, count); i++) {
            pool.execute(round::help);
        }
        round.help();
        round.finish();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** One call of {@link #forEach}. */
    private static final class Round {
        private final int count;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final Set<Thread> active = new HashSet<>();
        private volatile @Nullable Throwable failure;
        private boolean over;

        Round(int count, IntConsumer task) {
            this.count = count;
            this.task = task;
        }

        void help() {
            synchronized (this) {
                if (over) {
                    return;
                }
                active.add(Thread.currentThread());
            }
            try {
                for (int i = next.getAndIncrement(); i < count && failure == null; i = next.getAndIncrement()) {
                    task.accept(i);
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            } finally {
                synchronized (this) {
                    active.remove(Thread.currentThread());
                    notifyAll();
                }
            }
        }

        private synchronized void fail(Throwable e) {
            if (failure == null) {
                failure = e;
            }
        }

        /** Waits for those that have begun; nobody begins any more. An interrupt of the caller is passed on to them. */
        void finish() {
            boolean interrupted = false;
            synchronized (this) {
                over = true;
                while (!active.isEmpty()) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                        fail(new IllegalStateException("interrupted", e));
                        active.forEach(Thread::interrupt);
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
