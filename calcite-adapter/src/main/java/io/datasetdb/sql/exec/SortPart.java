// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.exec.rows.RowOrder;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.spill.SpilledRows;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts what one thread reads: as one run in memory or, as often as that gets too large, as runs in files. Used by one
 * thread
 * at a time.
 */
final class SortPart implements AutoCloseable {
    /** What a run may take however little memory is left; shorter ones would be too many to merge. */
    private static final long MIN_RUN_BYTES = 4 << 20;

    private final Run run;
    private final List<DataType> types;
    private final List<SortKey> keys;
    private final boolean hasPieces;
    private final long maxBytes;
    private final MemoryBudget.Account memory;
    private final List<SpilledRows> runs = new ArrayList<>();
    private RowBuffer rows;
    private int[] order = {};
    private boolean isSorted;

    /**
     * @param types of the rows; with pieces the last one is BIGINT, and what comes lacks it
     * @param hasPieces whether the piece of each row is to be kept with it
     * @param maxBytes what it may keep in memory at most
     */
    SortPart(Run run, List<DataType> types, List<SortKey> keys, boolean hasPieces, long maxBytes) {
        this.run = run;
        this.types = types;
        this.keys = keys;
        this.hasPieces = hasPieces;
        this.maxBytes = maxBytes;
        this.memory = run.memory().account("the rows to sort");
        this.rows = new RowBuffer(types);
    }

    void add(Batch batch, long piece) {
        List<Vector> columns = batch.columns();
        if (hasPieces) {
            columns = new ArrayList<>(columns);
            columns.add(ConstantVector.of(VectorBuilder.vector(DataType.BIGINT, piece), batch.rowCount()));
        }
        rows.append(columns, batch.selection().positions(), batch.size());
        // While it sorts there are the words of the keys, and two pairs of word and row number.
        long bytes = rows.heapBytes() + RowOrder.heapBytes(rows, keys) + 28L * rows.size();
        if (bytes <= maxBytes && memory.tryHold(bytes)) {
            return;
        }
        if (bytes < MIN_RUN_BYTES) {
            memory.hold(bytes);
        } else {
            spill();
        }
    }

    /** Writes what is in memory to a file, sorted. */
    void spill() {
        if (rows.size() == 0) {
            return;
        }
        SpilledRows file = run.spill().rows(types);
        runs.add(file);
        SortedOutput output = new SortedOutput(
                rows, isSorted ? order : RowOrder.of(rows, keys).sorted(), 0);
        for (Batch batch = output.next(); batch != null; batch = output.next()) {
            run.checkCancelled();
            file.append(batch);
        }
        rows = new RowBuffer(types);
        memory.hold(0);
    }

    /** Says that no more rows come. */
    void end() {
        if (runs.isEmpty()) {
            order = RowOrder.of(rows, keys).sorted();
            isSorted = true;
            memory.hold(rows.heapBytes() + 4L * order.length);
        } else {
            spill();
        }
    }

    /** The sorted runs in files, in the order of their rows' pieces. */
    List<SpilledRows> runs() {
        return runs;
    }

    /** All rows, if there are no runs in files. */
    SortedOutput inMemory() {
        return new SortedOutput(rows, order, 0);
    }

    @Override
    public void close() {
        memory.close();
        Operators.close(runs);
    }
}
