// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Divides the building of a table among the threads of a run. */
final class Parallel {
    private static final int CHUNK = 1 << 14;

    /** Work on some rows. */
    interface Rows {
        void accept(int from, int to);
    }

    private final Run run;
    private final int parts;

    /**
     * @param rows how many there are: few stay on one thread
     */
    Parallel(Run run, int rows) {
        this.run = run;
        this.parts = rows <= CHUNK ? 1 : run.workers();
    }

    /** How many parts work is divided into. */
    int parts() {
        return parts;
    }

    /** Pieces of all rows, each given to whoever is free. */
    void rows(int count, Rows work) {
        AtomicInteger next = new AtomicInteger();
        int chunks = (int) ((count + CHUNK - 1L) / CHUNK);
        tasks(part -> {
            int chunk = next.getAndIncrement();
            if (chunk < chunks) {
                int from = chunk * CHUNK;
                work.accept(from, (int) Math.min(count, from + (long) CHUNK));
            }
            return chunk < chunks;
        });
    }

    /** One piece of work for each part. */
    void each(IntConsumer work) {
        tasks(part -> {
            work.accept(part);
            return false;
        });
    }

    /** Any pieces of work. */
    void each(List<Runnable> work) {
        AtomicInteger next = new AtomicInteger();
        tasks(part -> {
            int piece = next.getAndIncrement();
            if (piece < work.size()) {
                work.get(piece).run();
            }
            return piece < work.size();
        });
    }

    private interface Step {
        boolean step(int part);
    }

    private void tasks(Step step) {
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int part = i;
            tasks.add(() -> {
                run.checkCancelled();
                return step.step(part);
            });
        }
        run.inParallel(tasks);
    }
}
