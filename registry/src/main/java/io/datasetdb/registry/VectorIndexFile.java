// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.store.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * The index of the vectors in one data file.
 *
 * @param index to which it belongs
 * @param dataPath of the data file
 * @param rowCount rows of the data file
 * @param file the index itself, without statistics; none if it would be of no use
 */
public record VectorIndexFile(
        VectorIndex index,
        String dataPath,
        long rowCount,
        @Nullable DataFile file) {}
