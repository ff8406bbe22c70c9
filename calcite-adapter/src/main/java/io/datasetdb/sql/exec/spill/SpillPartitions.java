// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.spill;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in a temporary file, divided into numbered partitions. Each thread that writes has a {@link Writer} of its own;
 * once
 * all of these are flushed, the partitions can be read, by any thread. Closing it gives up the file.
 */
public final class SpillPartitions implements AutoCloseable {
    private final List<DataType> types;
    private final SpillFile file;
    private final List<SpilledRows> partitions = new ArrayList<>();

    SpillPartitions(List<DataType> types, int count, SpillFile file) {
        this.types = List.copyOf(types);
        this.file = file;
        for (int i = 0; i < count; i++) {
            partitions.add(new SpilledRows(types, file));
        }
    }

    public int count() {
        return partitions.size();
    }

    public List<DataType> types() {
        return types;
    }

    /** Who writes for one more thread. */
    public Writer writer() {
        return new Writer();
    }

    /** How many rows have been written to a partition. */
    public long rows(int partition) {
        return partitions.get(partition).rows();
    }

    /** How many bytes a partition takes in the file. */
    public long bytes(int partition) {
        return partitions.get(partition).bytes();
    }

    /** Reads a partition, from its beginning; may be called any number of times. */
    public BatchSource read(int partition) {
        return partitions.get(partition).read();
    }

    @Override
    public void close() {
        file.close();
    }

    /** Collects the rows of each partition until there are enough for a block. Used by one thread at a time. */
    public final class Writer {
        private final RowBuffer[] buffers = new RowBuffer[count()];
        private final BlockWriter blocks = new BlockWriter();
        private long heapBytes;

        private Writer() {
            Arrays.setAll(buffers, i -> new RowBuffer(types));
        }

        /**
         * Writes the rows of a batch that count.
         *
         * @param partitionOf the number of the partition of each row, in the order of the selection
         */
        public void append(Batch batch, int[] partitionOf) {
            int[] positions = batch.selection().positions();
            int size = batch.size();
            int[] starts = new int[count() + 1];
            for (int i = 0; i < size; i++) {
                starts[partitionOf[i] + 1]++;
            }
            for (int i = 0; i < count(); i++) {
                starts[i + 1] += starts[i];
            }
            int[] next = starts.clone();
            int[] grouped = new int[size];
            for (int i = 0; i < size; i++) {
                grouped[next[partitionOf[i]]++] = positions[i];
            }
            for (int i = 0; i < count(); i++) {
                append(i, batch, grouped, starts[i], starts[i + 1]);
            }
        }

        private void append(int partition, Batch batch, int[] positions, int from, int to) {
            for (int at = from; at < to; ) {
                RowBuffer buffer = buffers[partition];
                int count = Math.min(to - at, Batch.SIZE - buffer.size());
                long before = buffer.heapBytes();
                buffer.append(batch.columns(), Arrays.copyOfRange(positions, at, at + count), count);
                long after = buffer.heapBytes();
                heapBytes += after - before;
                at += count;
                if (buffer.size() == Batch.SIZE || after > SpilledRows.BLOCK_BYTES) {
                    flush(partition);
                }
            }
        }

        /** Writes what is left in memory. */
        public void flush() {
            for (int i = 0; i < buffers.length; i++) {
                flush(i);
            }
        }

        private void flush(int partition) {
            RowBuffer buffer = buffers[partition];
            if (buffer.size() > 0) {
                heapBytes -= buffer.heapBytes();
                partitions.get(partition).append(buffer.slice(0, buffer.size()), blocks);
                buffers[partition] = new RowBuffer(types);
            }
        }

        /** Bytes on the heap, roughly. */
        public long heapBytes() {
            return heapBytes;
        }
    }
}
