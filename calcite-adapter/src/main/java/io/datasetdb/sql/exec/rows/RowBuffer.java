// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows that an operator keeps, column by column, numbered from 0 as they come. The one place where operators keep
 * rows, so
 * that this is where a spill to disk belongs. Used by one thread at a time until it is sealed.
 */
public final class RowBuffer {
    private final List<ColumnBuffer> columns;
    private int size;

    public RowBuffer(List<DataType> types) {
        columns = types.stream().map(ColumnBuffer::of).toList();
    }

    private RowBuffer(List<ColumnBuffer> columns, int size) {
        this.columns = columns;
        this.size = size;
    }

    /**
     * One buffer of the rows of several, which are not used any more. The rows of one part stay in their order.
     *
     * @param each does some pieces of work, one a column, perhaps at the same time
     */
    public static RowBuffer concat(List<RowBuffer> parts, Consumer<List<Runnable>> each) {
        RowBuffer first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        long size = parts.stream().mapToLong(RowBuffer::size).sum();
        List<ColumnBuffer> columns = new ArrayList<>();
        List<Runnable> work = new ArrayList<>();
        for (int i = 0; i < first.columns.size(); i++) {
            int ordinal = i;
            ColumnBuffer column = ColumnBuffer.of(first.column(i).type());
            columns.add(column);
            work.add(() ->
                    column.take(parts.stream().map(part -> part.column(ordinal)).toList()));
        }
        Growth.grown(0, size);
        each.accept(work);
        return new RowBuffer(columns, (int) size);
    }

    /** The number of rows. */
    public int size() {
        return size;
    }

    public ColumnBuffer column(int ordinal) {
        return columns.get(ordinal);
    }

    /** Adds the rows of a batch that count. */
    public void append(Batch batch) {
        append(batch.columns(), batch.selection().positions(), batch.size());
    }

    /** Adds the rows at the first {@code count} of {@code positions} of these columns. */
    public void append(List<Vector> vectors, int[] positions, int count) {
        Growth.grown(0, (long) size + count);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).append(vectors.get(i), positions, count);
        }
        size += count;
    }

    /** The columns of these rows, in this order; a row of -1 is a row of NULLs. */
    public List<Vector> gather(int[] rows, int count) {
        List<Vector> result = new ArrayList<>(columns.size());
        for (ColumnBuffer column : columns) {
            result.add(column.gather(rows, count));
        }
        return result;
    }

    /** The rows from {@code from} to {@code to - 1} as a batch. */
    public Batch slice(int from, int to) {
        int count = to - from;
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = from + i;
        }
        return new Batch(gather(rows, count), count, Selection.all(count));
    }

    /** Says that no more rows come, so that several threads may read. */
    public void seal() {
        columns.forEach(ColumnBuffer::seal);
    }

    /** Bytes on the heap, roughly. */
    public long heapBytes() {
        long bytes = 0;
        for (ColumnBuffer column : columns) {
            bytes += column.heapBytes();
        }
        return bytes;
    }
}
