// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import org.jspecify.annotations.Nullable;

/**
 * An index and what stands at its places.
 *
 * @param rows the row at each place
 * @param more for each place, whether the next one has the same key; nothing if every key is there once
 */
record IndexedRows(KeyIndex index, int[] rows, boolean @Nullable [] more) {
    long heapBytes() {
        return index.heapBytes() + 4L * rows.length + (more == null ? 0 : more.length);
    }
}
