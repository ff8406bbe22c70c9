// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.exec.window.SortedRows;
import io.datasetdb.sql.exec.window.WindowCall;
import io.datasetdb.sql.exec.window.WindowColumn;
import io.datasetdb.sql.exec.window.WindowColumns;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some whole partitions of a window: their rows in order and, once computed, the columns of the calls. */
final class WindowChunk {
    private final WindowOperator.Factory factory;
    private final RowBuffer rows;
    private final List<WindowColumn> columns = new ArrayList<>();
    private int[] partitionOf = {};
    private int[] peersOf = {};
    private int next;

    WindowChunk(WindowOperator.Factory factory) {
        this.factory = factory;
        this.rows = new RowBuffer(factory.input().types());
    }

    int size() {
        return rows.size();
    }

    /** Says how the next row, which will be added, differs from the one before. */
    void number(int row, boolean newPartition, boolean newPeers) {
        if (row == partitionOf.length) {
            partitionOf = Arrays.copyOf(partitionOf, Growth.grown(row, row + 1L));
            peersOf = Arrays.copyOf(peersOf, partitionOf.length);
        }
        partitionOf[row] = row == 0 ? 0 : partitionOf[row - 1] + (newPartition ? 1 : 0);
        peersOf[row] = row == 0 ? 0 : peersOf[row - 1] + (newPeers ? 1 : 0);
    }

    /** Adds a range of rows of a batch in which every row counts. */
    void add(Batch batch, int from, int to) {
        int[] positions = new int[to - from];
        for (int i = from; i < to; i++) {
            positions[i - from] = i;
        }
        rows.append(batch.columns(), positions, positions.length);
    }

    void compute(Run run) {
        rows.seal();
        SortedRows sorted = new SortedRows(rows, partitionOf, peersOf);
        List<DataType> types = factory.input().types();
        for (WindowCall call : factory.calls()) {
            columns.add(
                    WindowColumns.of(call, sorted, types, factory.orderKeys(), run.bindings(), run::checkCancelled));
        }
    }

    /** The next rows with the columns of the calls. */
    @Nullable
    Batch next() {
        int from = next;
        int to = Math.min(size(), from + Batch.SIZE);
        if (from == to) {
            return null;
        }
        next = to;
        List<Vector> result = new ArrayList<>(rows.slice(from, to).columns());
        for (WindowColumn column : columns) {
            result.add(column.slice(from, to));
        }
        return Batch.of(result, to - from);
    }

    /** Bytes on the heap, roughly: the rows, and a few numbers a row for the partitions, the frames and each call. */
    long heapBytes() {
        return rows.heapBytes() + (24L + 16L * factory.calls().size()) * rows.size();
    }
}
