// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries of several callers on the same few threads. */
@Timeout(60)
class SchedulerTest {
    private static final int THREADS = 2;

    private final Scheduler scheduler = new Scheduler(THREADS);
    private final List<Thread> callers = new ArrayList<>();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    private Thread call(List<Scheduler.Task> tasks) {
        Thread caller = new Thread(() -> {
            try {
                scheduler.run(tasks);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        });
        callers.add(caller);
        caller.start();
        return caller;
    }

    private void join() throws InterruptedException {
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /** Would never end if the short one had to wait for the large ones, which go on until it is through. */
    @Test
    void shortQueryFinishesBesideFourLargeOnes() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(THREADS);
        for (int i = 0; i < 4; i++) {
            Scheduler.Task large = () -> {
                started.countDown();
                return !ended.get();
            };
            call(List.of(large, large));
        }
        started.await();
        AtomicInteger steps = new AtomicInteger();
        Scheduler.Task small = () -> steps.incrementAndGet() < 10;
        scheduler.run(List.of(small, small));
        ended.set(true);
        join();
        assertThat(steps.get()).isBetween(10, 11);
        assertThat(failures).isEmpty();
    }

    @Test
    void manyMoreQueriesThanThreadsAllFinish() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        for (int query = 0; query < 12; query++) {
            List<Scheduler.Task> tasks = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int[] left = {200};
                tasks.add(() -> {
                    scheduler.run(List.of(
                            () -> {
                                steps.incrementAndGet();
                                return false;
                            },
                            () -> false));
                    return --left[0] > 0;
                });
            }
            call(tasks);
        }
        join();
        assertThat(failures).isEmpty();
        assertThat(steps.get()).isEqualTo(12 * 5 * 200);
    }

    @Test
    void failureOfOneQueryLeavesTheOthersAlone() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        int[] own = {0};
        call(List.of(
                () -> {
                    if (++own[0] == 50) {
                        throw new IllegalStateException("failed");
                    }
                    return true;
                },
                () -> {
                    others.incrementAndGet();
                    return true;
                }));
        Scheduler.Task healthy = () -> steps.incrementAndGet() < 5_000;
        call(List.of(healthy, healthy, healthy));
        join();
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(steps.get()).isBetween(5_000, 5_002);
        assertThat(others.get()).as("steps of its own other task").isNotNegative();
    }

    @Test
    void interruptOfTheCallerReachesWhoeverWaitsForIt() throws Exception {
        CountDownLatch waiting = new CountDownLatch(THREADS);
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<Thread> other = new AtomicReference<>();
        Scheduler.Task stuck = () -> {
            waiting.countDown();
            try {
                never.await();
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        };
        Thread caller = call(List.of(stuck, stuck));
        waiting.await();
        caller.interrupt();
        join();
        assertThat(failures).singleElement().satisfies(e -> assertThat(e).hasMessage("interrupted"));
        // the threads are as good as new
        Scheduler.Task sound = () -> {
            other.set(Thread.currentThread());
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return false;
        };
        scheduler.run(List.of(sound, sound, sound, sound));
        assertThat(other.get()).isNotNull();
    }

    @Test
    void firstFailureIsToldAndTheOthersWithIt() {
        CountDownLatch both = new CountDownLatch(THREADS);
        Scheduler.Task failing = () -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new IllegalStateException("failed");
        };
        assertThatThrownBy(() -> scheduler.run(List.of(failing, failing)))
                .hasMessage("failed")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
}
