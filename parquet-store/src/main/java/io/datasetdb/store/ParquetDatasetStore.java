// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

/** Placeholder. */
final class ParquetDatasetStore {
    private ParquetDatasetStore() {}

    static DatasetStore open(String root) {
        throw new UnsupportedOperationException(root);
    }
}
