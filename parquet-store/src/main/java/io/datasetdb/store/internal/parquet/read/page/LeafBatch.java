// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a leaf column.
 *
 * @param entries level pairs
 * @param repetitions repetition level of each entry, {@code null} if all are 0
 * @param definitions definition level of each entry, {@code null} if all are the leaf's highest
 * @param values one position per slot of the leaf
 */
public record LeafBatch(int entries, byte @Nullable [] repetitions, byte @Nullable [] definitions, Vector values) {
    /** Whether every row has exactly one entry. */
    public boolean isFlat() {
        return repetitions == null;
    }
}
