// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes operators may keep on the heap together: one budget for the process, and beneath it one for each run.
 * Every operator that buffers has an {@link Account} and says, batch by batch, how much it holds. An operator that can
 * go on
 * with less asks with {@link Account#tryHold}, and is told no while a quarter is still left for those that cannot.
 * Safe for several threads.
 */
public final class MemoryBudget {
    private static final int DEFAULT_PERCENT = 60;

    private final String owner;
    private final long limit;
    private final @Nullable MemoryBudget parent;
    private final AtomicLong used = new AtomicLong();
    private final LongAccumulator peak = new LongAccumulator(Math::max, 0);

    private MemoryBudget(String owner, long limit, @Nullable MemoryBudget parent) {
        this.owner = owner;
        this.limit = limit;
        this.parent = parent;
    }

    /**
     * A budget that shares with no other.
     *
     * @param limit bytes
     */
    public MemoryBudget(long limit) {
        this("all statements", limit, null);
    }

    /** 60 % of the heap that this process may have. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(shareOfHeap());
    }

    /** 60 % of the heap that this process may have, in bytes. */
    static long shareOfHeap() {
        return Runtime.getRuntime().maxMemory() / 100 * DEFAULT_PERCENT;
    }

    /**
     * A budget for one statement, all of whose accounts count here as well.
     *
     * @param statementLimit bytes; {@link Long#MAX_VALUE} leaves it to this budget alone
     */
    public MemoryBudget child(long statementLimit) {
        return new MemoryBudget("this statement", Math.min(statementLimit, limit), this);
    }

    /** Bytes that all accounts, also those of children, hold now. */
    public long used() {
        return used.get();
    }

    /** The most bytes that all accounts held at once so far. */
    public long peak() {
        return peak.get();
    }

    /** The most bytes that all accounts may hold. */
    public long limit() {
        return limit;
    }

    /**
     * Starts an account at 0 bytes.
     *
     * @param purpose what is kept, for the message, e.g. "the rows to sort"
     */
    public Account account(String purpose) {
        return new Account(purpose);
    }

    /** Counts more bytes here and above; returns the budget that has too little left, in which case nothing is counted. */
    private @Nullable MemoryBudget take(long bytes, boolean leavesReserve) {
        long most = leavesReserve ? limit - limit / 4 : limit;
        long before = used.get();
        while (before + bytes <= most) {
            if (used.compareAndSet(before, before + bytes)) {
                MemoryBudget lacking = parent == null ? null : parent.take(bytes, leavesReserve);
                if (lacking != null) {
                    used.addAndGet(-bytes);
                } else {
                    peak.accumulate(before + bytes);
                }
                return lacking;
            }
            before = used.get();
        }
        return this;
    }

    private void giveBack(long bytes) {
        used.addAndGet(-bytes);
        if (parent != null) {
            parent.giveBack(bytes);
        }
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
         * @throws DatasetDbException {@link KernelError#OUT_OF_MEMORY} if that is more than the budget has left; the account
         *     stays as it was
         */
        public void hold(long bytes) {
            MemoryBudget lacking = change(bytes, false);
            if (lacking != null) {
                throw new DatasetDbException(
                        KernelError.OUT_OF_MEMORY,
                        "Cannot keep " + purpose + " in memory: the budget of " + lacking.limit + " bytes for "
                                + lacking.owner + " is used up (" + bytes + " bytes)");
            }
        }

        /**
         * As {@link #hold}, for an operator that can write to files what it may not keep: returns whether it may hold this
         * many bytes in total. Less than before is always granted. After a no the account stays as it was, and the operator
         * soon lets go of what it holds already.
         */
        public boolean tryHold(long bytes) {
            return change(bytes, true) == null;
        }

        private @Nullable MemoryBudget change(long bytes, boolean leavesReserve) {
            long more = bytes - held;
            MemoryBudget lacking = null;
            if (more > 0) {
                lacking = take(more, leavesReserve);
            } else {
                giveBack(-more);
            }
            if (lacking == null) {
                held = bytes;
            }
            return lacking;
        }

        /** Bytes that it holds now. */
        public long held() {
            return held;
        }

        /** Gives everything back; idempotent. */
        @Override
        public void close() {
            giveBack(held);
            held = 0;
        }
    }
}
