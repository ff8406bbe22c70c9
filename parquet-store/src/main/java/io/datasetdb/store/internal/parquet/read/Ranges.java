// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.internal.parquet.ColumnNode.Levels;
import io.datasetdb.store.internal.parquet.read.page.ChunkContext;
import io.datasetdb.store.internal.parquet.read.page.LeafBatch;
import io.datasetdb.vector.Validity;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * Where lists or maps have slots, which of them are NULL and which elements they hold.
 *
 * @param size slots
 * @param offsets {@code size + 1} positions among the elements
 * @param validity of the slots
 */
record Ranges(int size, int[] offsets, long @Nullable [] validity) {
    /** The number of elements. */
    int total() {
        return offsets[size];
    }

    static Ranges of(LeafBatch batch, Levels levels, int elementDefinition, ChunkContext context) {
        int[] starts = batch.starts();
        if (starts != null) {
            return new Ranges(starts.length - 1, starts, null);
        }
        byte[] repetitions = Objects.requireNonNull(batch.repetitions());
        byte[] definitions = Objects.requireNonNull(batch.definitions());
        int own = levels.repetition();
        int[] offsets = new int[batch.entries() + 1];
        long[] validity = Validity.allValid(batch.entries());
        int size = 0;
        int valid = 0;
        int count = 0;
        boolean open = false;
        for (int i = 0; i < batch.entries(); i++) {
            int repetition = repetitions[i];
            int definition = definitions[i];
            if (repetition <= own) {
                open = definition >= elementDefinition;
                if (definition >= levels.slotDefinition()) {
                    offsets[size] = count;
                    if (definition >= levels.definition()) {
                        valid++;
                    } else {
                        Validity.setNull(validity, size);
                    }
                    size++;
                }
                count += open ? 1 : 0;
            } else if (repetition == own + 1) {
                if (!open || definition < elementDefinition) {
                    throw context.damaged(new ParquetDecodingException("an empty list goes on"));
                }
                count++;
            }
        }
        offsets[size] = count;
        return new Ranges(
                size,
                size == batch.entries() ? offsets : Arrays.copyOf(offsets, size + 1),
                valid == size ? null : validity);
    }
}
