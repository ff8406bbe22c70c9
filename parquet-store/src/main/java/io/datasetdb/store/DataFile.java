// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.util.List;

/**
 * A finished, immutable Parquet file of a dataset.
 *
 * @param path where it is, relative to the warehouse's root, with forward slashes
 * @param rowCount rows
 * @param byteSize bytes on storage
 * @param checksum lower-case hexadecimal SHA-256 of the whole file
 * @param statistics one entry per leaf column that has any
 */
public record DataFile(String path, long rowCount, long byteSize, String checksum, List<ColumnStatistics> statistics) {
    public DataFile {
        statistics = List.copyOf(statistics);
    }
}
