// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.KeyWords;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted streams into one; of rows that are equal in all keys, those of an earlier stream come first. A heap of
 * the
 * streams' next rows says which row comes next; what each stream contributes to a batch is one range of its rows, so
 * that
 * values are copied range by range and then brought into order column by column.
 */
final class SortedMerge implements BatchSource {
    private final List<DataType> types;
    private final List<SortKey> keys;
    private final Runnable poll;
    private final List<Cursor> all = new ArrayList<>();
    /** The streams that have rows left: a binary heap. */
    private final Cursor[] heap;

    private int open;
    private boolean started;
    private RowBuffer ranges;
    private final List<Integer> rangeStarts = new ArrayList<>();

    /**
     * @param sources closed with this
     * @param types of the columns of all of them
     * @param poll called at every batch of a source, throws to end the run
     */
    SortedMerge(List<? extends BatchSource> sources, List<DataType> types, List<SortKey> keys, Runnable poll) {
        this.types = types;
        this.keys = keys;
        this.poll = poll;
        for (BatchSource source : sources) {
            all.add(new Cursor(source, all.size()));
        }
        this.heap = new Cursor[all.size()];
        this.ranges = new RowBuffer(types);
    }

    /** Where a stream is. */
    private final class Cursor {
        private final BatchSource source;
        private final int number;
        private List<Vector> columns = List.of();
        private @Nullable KeyWords words;
        private int size;
        private int row;
        /** The first row that is not in {@link #ranges} yet, and which of the ranges it will begin. */
        private int rangeFrom;

        private int range = -1;

        Cursor(BatchSource source, int number) {
            this.source = source;
            this.number = number;
        }

        boolean load() {
            poll.run();
            Batch batch = source.next();
            if (batch == null) {
                return false;
            }
            Batch compact = batch.compact();
            columns = compact.columns();
            size = compact.rowCount();
            words = new KeyWords(columns, size, keys);
            row = 0;
            rangeFrom = 0;
            return true;
        }

        boolean isBefore(Cursor other) {
            KeyWords own = words;
            KeyWords others = other.words;
            if (own == null || others == null) {
                throw new IllegalStateException("not loaded");
            }
            int order = own.compare(row, others, other.row);
            return order == 0 ? number < other.number : order < 0;
        }

        /** Copies the rows that were taken since the last time. */
        void flush() {
            if (range >= 0) {
                int count = row - rangeFrom;
                int[] positions = new int[count];
                for (int i = 0; i < count; i++) {
                    positions[i] = rangeFrom + i;
                }
                rangeStarts.set(range, ranges.size() - rangeFrom);
                ranges.append(columns, positions, count);
                rangeFrom = row;
                range = -1;
            }
        }
    }

    @Override
    public @Nullable Batch next() {
        if (!started) {
            started = true;
            start();
        }
        if (open == 0) {
            return null;
        }
        int[] rangeOf = new int[Batch.SIZE];
        int[] rows = new int[Batch.SIZE];
        int count = 0;
        while (open > 0 && count < Batch.SIZE) {
            Cursor first = heap[0];
            if (first.range < 0) {
                first.range = rangeStarts.size();
                rangeStarts.add(0);
            }
            rangeOf[count] = first.range;
            rows[count++] = first.row++;
            if (first.row == first.size) {
                first.flush();
                if (!first.load()) {
                    heap[0] = heap[--open];
                }
            }
            down(0);
        }
        return ordered(rangeOf, rows, count);
    }

    private Batch ordered(int[] rangeOf, int[] rows, int count) {
        for (int i = 0; i < open; i++) {
            heap[i].flush();
        }
        for (int i = 0; i < count; i++) {
            rows[i] += rangeStarts.get(rangeOf[i]);
        }
        List<Vector> columns = ranges.gather(rows, count);
        ranges = new RowBuffer(types);
        rangeStarts.clear();
        return Batch.of(columns, count);
    }

    private void start() {
        for (Cursor cursor : all) {
            if (cursor.load()) {
                heap[open++] = cursor;
            }
        }
        for (int i = open / 2 - 1; i >= 0; i--) {
            down(i);
        }
    }

    private void down(int from) {
        int at = from;
        while (2 * at + 1 < open) {
            int child = 2 * at + 1;
            if (child + 1 < open && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(heap[at])) {
                return;
            }
            Cursor lower = heap[at];
            heap[at] = heap[child];
            heap[child] = lower;
            at = child;
        }
    }

    @Override
    public void close() {
        Operators.close(all.stream().map(cursor -> cursor.source).toList());
    }
}
