// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.spill;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of rows in a temporary file. Several threads may write, whose batches come in any order, or read; not both at
 * once. Closing it gives up the file.
 */
public final class SpilledRows implements AutoCloseable {
    /** About how large a block becomes; of wide rows it has fewer than a batch. */
    static final int BLOCK_BYTES = 1 << 18;

    private final List<DataType> types;
    private final SpillFile file;
    private final List<Block> blocks = new ArrayList<>();
    private long rows;
    private long bytes;

    /** Some rows in the file. */
    private record Block(long start, int length, int rows) {}

    SpilledRows(List<DataType> types, SpillFile file) {
        this.types = List.copyOf(types);
        this.file = file;
    }

    public List<DataType> types() {
        return types;
    }

    /** How many rows have been written. */
    public synchronized long rows() {
        return rows;
    }

    /** How many bytes they take in the file. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Writes the rows of a batch that count. */
    public void append(Batch batch) {
        append(batch.compact(), new BlockWriter());
    }

    /** Writes all rows of a batch without a selection. */
    void append(Batch batch, BlockWriter writer) {
        int step = rowsOfBlock(batch);
        for (int from = 0; from < batch.rowCount(); from += step) {
            int to = Math.min(batch.rowCount(), from + step);
            writer.reset();
            for (Vector column : batch.columns()) {
                writer.write(column, from, to);
            }
            long start = file.append(writer.data(), writer.size());
            synchronized (this) {
                blocks.add(new Block(start, writer.size(), to - from));
                rows += to - from;
                bytes += writer.size();
            }
        }
    }

    private static int rowsOfBlock(Batch batch) {
        long heap = 0;
        for (Vector column : batch.columns()) {
            heap += column.heapBytes();
        }
        long perRow = heap / Math.max(1, batch.rowCount());
        return (int) Math.max(1, Math.min(Batch.SIZE, BLOCK_BYTES / (perRow + 1)));
    }

    /** Reads from the beginning; may be called any number of times. */
    public synchronized BatchSource read() {
        return new Reader(List.copyOf(blocks));
    }

    @Override
    public void close() {
        file.close();
    }

    private final class Reader implements BatchSource {
        private final List<Block> toRead;
        private int next;

        Reader(List<Block> toRead) {
            this.toRead = toRead;
        }

        @Override
        public @Nullable Batch next() {
            if (next == toRead.size()) {
                return null;
            }
            Block block = toRead.get(next++);
            byte[] data = new byte[block.length];
            file.read(block.start, data, block.length);
            BlockReader reader = new BlockReader(data);
            List<Vector> columns = new ArrayList<>(types.size());
            for (DataType type : types) {
                columns.add(reader.read(type, block.rows));
            }
            return Batch.of(columns, block.rows);
        }

        @Override
        public void close() {
            next = toRead.size();
        }
    }
}
