// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import java.time.Duration;

/**
 * How many deposits are under way in an engine, from before a job's first row in the registry to after its last, so that the
 * registry is not closed in between.
 */
public final class RunningDeposits {
    private int running;

    synchronized void begin() {
        running++;
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    /** Waits until none is under way, at most for this long or until the thread is interrupted; whether none is. */
    public synchronized boolean awaitNone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (running > 0) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                wait(millis);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
