// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.KeyWords;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.window.WindowCall;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes window functions that share one PARTITION BY and ORDER BY. The result has the input's columns, then one for
 * each
 * call; rows come out sorted by partition keys (ascending, NULLs last), then by order keys. The sort may use files; in
 * memory
 * there are, besides, a few chunks of whole partitions at a time, one a thread.
 */
public final class WindowOperator extends InputOperator {
    /** From how many rows on a chunk ends with the partition. */
    private static final int CHUNK_ROWS = 1 << 15;

    /**
     * @param partitionKeys input columns; none is one partition
     * @param orderKeys none makes all rows of a partition peers
     */
    public record Factory(OperatorFactory input, int[] partitionKeys, List<SortKey> orderKeys, List<WindowCall> calls)
            implements OperatorFactory {
        public Factory {
            orderKeys = List.copyOf(orderKeys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<DataType> types() {
            List<DataType> types = new ArrayList<>(input.types());
            calls.forEach(call -> types.add(call.type()));
            return List.copyOf(types);
        }

        @Override
        public Operator create(Run run) {
            List<SortKey> partition = new ArrayList<>();
            for (int key : partitionKeys) {
                partition.add(SortKey.ascending(key));
            }
            List<SortKey> keys = new ArrayList<>(partition);
            keys.addAll(orderKeys);
            // what is sorted in memory is copied into chunks: a partition as large as that must find room beside it
            Operator sorted = new SortOperator.Factory(input, keys)
                    .create(run, run.memory().limit() / 3);
            return new WindowOperator(run, this, sorted, partition, keys);
        }
    }

    private final Factory factory;
    private final List<SortKey> partitionKeys;
    private final List<SortKey> keys;
    private final Deque<WindowChunk> chunks = new ArrayDeque<>();
    private @Nullable Sorted current;

    /** A sorted batch, the part of it that is in a chunk, and the row before it. */
    private static final class Sorted {
        final Batch batch;
        final KeyWords partition;
        final KeyWords keys;
        final @Nullable Sorted before;
        int row;

        Sorted(Batch batch, KeyWords partition, KeyWords keys, @Nullable Sorted before) {
            this.batch = batch;
            this.partition = partition;
            this.keys = keys;
            this.before = before;
        }

        boolean isNewPartition() {
            return differs(partition, before == null ? null : before.partition);
        }

        boolean isNewPeers() {
            return differs(keys, before == null ? null : before.keys);
        }

        private boolean differs(KeyWords words, @Nullable KeyWords wordsBefore) {
            if (row > 0) {
                return words.compare(row, words, row - 1) != 0;
            }
            return before != null
                    && wordsBefore != null
                    && words.compare(0, wordsBefore, before.batch.rowCount() - 1) != 0;
        }
    }

    private WindowOperator(Run run, Factory factory, Operator sorted, List<SortKey> partitionKeys, List<SortKey> keys) {
        super(run, "the rows of a window", List.of(sorted));
        this.factory = factory;
        this.partitionKeys = partitionKeys;
        this.keys = keys;
    }

    @Override
    @Nullable
    Batch produce() {
        if (chunks.isEmpty()) {
            fill();
        }
        WindowChunk first = chunks.peek();
        Batch batch = first == null ? null : first.next();
        while (first != null && batch == null) {
            chunks.remove();
            first = chunks.peek();
            batch = first == null ? null : first.next();
        }
        return batch == null && current != null ? produce() : batch;
    }

    /** Computes one chunk a thread. */
    private void fill() {
        memory.hold(0);
        long bytes = 0;
        List<Scheduler.Task> tasks = new ArrayList<>();
        while (tasks.size() < run.workers()) {
            WindowChunk chunk = new WindowChunk(factory);
            boolean more = fill(chunk, bytes);
            if (chunk.size() > 0) {
                bytes += chunk.heapBytes();
                chunks.add(chunk);
                tasks.add(() -> {
                    chunk.compute(run);
                    return false;
                });
            }
            if (!more) {
                break;
            }
        }
        run.inParallel(tasks);
    }

    /** Adds rows until a partition ends and there are enough; returns whether there are more. */
    private boolean fill(WindowChunk chunk, long otherBytes) {
        while (true) {
            Sorted sorted = current;
            if (sorted == null || sorted.row == sorted.batch.rowCount()) {
                sorted = load(sorted);
                current = sorted;
                if (sorted == null) {
                    return false;
                }
            }
            int from = sorted.row;
            int before = chunk.size() - from;
            int end = sorted.batch.rowCount();
            boolean ends = false;
            while (sorted.row < end && !ends) {
                boolean newPartition = sorted.isNewPartition();
                ends = newPartition && before + sorted.row >= CHUNK_ROWS;
                if (!ends) {
                    chunk.number(before + sorted.row, newPartition, sorted.isNewPeers());
                    sorted.row++;
                }
            }
            chunk.add(sorted.batch, from, sorted.row);
            memory.hold(otherBytes + chunk.heapBytes());
            if (ends) {
                return true;
            }
        }
    }

    private @Nullable Sorted load(@Nullable Sorted before) {
        Batch batch = pull(0);
        if (batch == null) {
            return null;
        }
        Batch compact = batch.compact();
        KeyWords partition = new KeyWords(compact.columns(), compact.rowCount(), partitionKeys);
        KeyWords all = new KeyWords(compact.columns(), compact.rowCount(), keys);
        // the batch before the one before is of no use any more
        Sorted last = before == null ? null : new Sorted(before.batch, before.partition, before.keys, null);
        return new Sorted(compact, partition, all, last);
    }
}
