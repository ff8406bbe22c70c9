// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.internal.parquet.ColumnNode.Levels;
import io.datasetdb.store.internal.parquet.read.page.LeafBatch;
import io.datasetdb.vector.Validity;
import org.jspecify.annotations.Nullable;

/**
 * Where a row has slots and which of them are NULL.
 *
 * @param size slots
 * @param validity of the slots
 */
record Slots(int size, long @Nullable [] validity) {
    static Slots of(LeafBatch batch, Levels levels) {
        int[] starts = batch.starts();
        if (starts != null) {
            return new Slots(levels.repetition() == 0 ? starts.length - 1 : batch.entries(), null);
        }
        byte[] repetitions = batch.repetitions();
        byte[] definitions = batch.definitions();
        if (definitions == null || repetitions == null && levels.definition() == levels.slotDefinition()) {
            // Nothing is repeated, and nothing on the way to the row is NULL.
            return new Slots(batch.entries(), null);
        }
        long[] validity = Validity.allValid(batch.entries());
        int size = 0;
        int valid = 0;
        for (int i = 0; i < batch.entries(); i++) {
            boolean isSlot = repetitions == null || repetitions[i] <= levels.repetition();
            if (isSlot && definitions[i] >= levels.slotDefinition()) {
                if (definitions[i] >= levels.definition()) {
                    valid++;
                } else {
                    Validity.setNull(validity, size);
                }
                size++;
            }
        }
        return new Slots(size, valid == size ? null : validity);
    }
}
