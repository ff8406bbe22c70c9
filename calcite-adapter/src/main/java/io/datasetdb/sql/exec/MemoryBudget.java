// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes operators may keep on the heap together. Every operator that buffers has an {@link Account} and says,
 * batch
 * by batch, how much it holds. A budget may be shared by several runs and threads.
 */
public final class MemoryBudget {
    private static final int DEFAULT_PERCENT = 60;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param limit bytes
     */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** 60 % of the heap that this process may have. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 100 * DEFAULT_PERCENT);
    }

    /** Bytes that all accounts hold now. */
    public long used() {
        return used.get();
    }

    /**
     * Starts an account at 0 bytes.
     *
     * @param purpose what is kept, for the message, e.g. "the rows to sort"
     */
    public Account account(String purpose) {
        return new Account(purpose);
    }

    /** What one operator holds. Used by one thread at a time. */
    public final class Account implements AutoCloseable {
        private final String purpose;
        private long held;

        private Account(String purpose) {
            this.purpose = purpose;
        }

        /**
         * Says that the operator now holds this many bytes in total.
         *
         * @throws DatasetDbException {@link KernelError#OUT_OF_MEMORY} if that is more than the budget has left
         */
        public void hold(long bytes) {
            long change = bytes - held;
            held = bytes;
            if (used.addAndGet(change) > limit && change > 0) {
                throw new DatasetDbException(
                        KernelError.OUT_OF_MEMORY,
                        "Cannot keep " + purpose + " in memory: the budget of " + limit + " bytes is used up (" + bytes
                                + " bytes)");
            }
        }

        /** Gives everything back; idempotent. */
        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
