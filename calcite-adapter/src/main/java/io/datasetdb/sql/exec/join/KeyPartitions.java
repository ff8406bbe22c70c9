// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.spill.SpillPartitions;
import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.vector.Batch;
import java.util.function.Consumer;

/**
 * Divides the rows of one thread by the hash of their keys and writes them to files: rows whose keys are equal meet in the
 * same partition, whichever side of a join they come from.
 */
public final class KeyPartitions implements Consumer<Batch>, AutoCloseable {
    /** How many partitions there are: as many as 4 bits of a hash tell apart. */
    public static final int COUNT = 16;

    private static final int BITS = 4;

    private final SpillPartitions.Writer writer;
    private final int[] keys;
    private final int shift;
    private final MemoryBudget.Account memory;

    /**
     * @param keys ordinals of the key columns
     * @param depth how often the rows were divided before, each time by other bits
     * @param memory for the rows on their way; closed with this
     */
    public KeyPartitions(SpillPartitions target, int[] keys, int depth, MemoryBudget.Account memory) {
        this.writer = target.writer();
        this.keys = keys;
        this.shift = Long.SIZE - BITS * (depth + 1);
        this.memory = memory;
    }

    @Override
    public void accept(Batch batch) {
        int count = batch.size();
        long[] hashes = new long[count];
        for (int i = 0; i < keys.length; i++) {
            ValueHash.hash(batch.column(keys[i]), batch.selection(), hashes, i > 0);
        }
        int[] partitions = new int[count];
        for (int i = 0; i < count; i++) {
            partitions[i] = (int) (hashes[i] >>> shift) & (COUNT - 1);
        }
        writer.append(batch, partitions);
        if (!memory.tryHold(writer.heapBytes())) {
            writer.flush();
        }
    }

    /** Writes what is left in memory; the partitions can be read once all threads have done so. */
    public void finish() {
        writer.flush();
        close();
    }

    @Override
    public void close() {
        memory.close();
    }
}
