// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Vector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets several threads read several inputs for one consumer: whenever the consumer lacks a batch, all inputs are read on
 * at the
 * same time, first by a batch, then by more and more. Between these rounds nothing runs, so that nothing has to be
 * stopped. Used
 * by one thread.
 */
final class ReadAhead {
    /** How many batches a round reads of one input at most. */
    private static final int MOST = 64;

    private final Run run;
    private final List<? extends Operator> inputs;
    private final MemoryBudget.Account memory;
    private final List<Deque<Entry>> queues = new ArrayList<>();
    private final boolean[] ended;
    private long bytes;
    private int ahead = 1;

    /**
     * A batch that was read.
     *
     * @param piece as {@link Operator#piece} says
     */
    record Entry(Batch batch, long piece) {
        /** Without dictionaries, which batches share. */
        long heapBytes() {
            long sum = 0;
            for (Vector column : batch.columns()) {
                sum += column instanceof DictionaryVector coded ? 4L * coded.ids().length : column.heapBytes();
            }
            return sum;
        }
    }

    /**
     * @param inputs closed by the consumer
     * @param memory counts what has been read and not been taken
     */
    ReadAhead(Run run, List<? extends Operator> inputs, MemoryBudget.Account memory) {
        this.run = run;
        this.inputs = inputs;
        this.memory = memory;
        this.ended = new boolean[inputs.size()];
        for (int i = 0; i < ended.length; i++) {
            queues.add(new ArrayDeque<>());
        }
    }

    /** The next batch of an input, which stays the next; {@code null} at its end. */
    @Nullable
    Entry peek(int input) {
        Deque<Entry> queue = queues.get(input);
        if (queue.isEmpty() && !ended[input]) {
            readOn();
        }
        return queue.peek();
    }

    /** How many batches of an input have been read and not been taken. */
    int waiting(int input) {
        return queues.get(input).size();
    }

    /** As {@link #peek}, and takes it. */
    @Nullable
    Entry poll(int input) {
        Entry entry = peek(input);
        if (entry != null) {
            queues.get(input).remove();
            bytes -= entry.heapBytes();
        }
        return entry;
    }

    private void readOn() {
        List<Scheduler.Task> tasks = new ArrayList<>();
        long[] read = new long[ended.length];
        int most = ahead;
        for (int i = 0; i < ended.length; i++) {
            int input = i;
            int end = Math.min(queues.get(i).size() + most, 2 * MOST);
            if (!ended[i] && queues.get(i).size() < end) {
                tasks.add(() -> {
                    run.checkCancelled();
                    read[input] += read(input);
                    return !ended[input] && queues.get(input).size() < end;
                });
            }
        }
        run.inParallel(tasks);
        for (long more : read) {
            bytes += more;
        }
        ahead = memory.tryHold(bytes) ? Math.min(MOST, ahead * 2) : 1;
    }

    private long read(int input) {
        Operator operator = inputs.get(input);
        Batch batch = operator.next();
        if (batch == null) {
            ended[input] = true;
            return 0;
        }
        Entry entry = new Entry(batch, operator.piece());
        queues.get(input).add(entry);
        return entry.heapBytes();
    }
}
