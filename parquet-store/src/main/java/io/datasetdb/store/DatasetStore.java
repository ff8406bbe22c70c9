// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import io.datasetdb.vector.Schema;
import java.util.List;

/**
 * The way in: reads and writes Parquet files. One per warehouse, safe for any number of threads.
 *
 * <p>Relative locations are resolved against the warehouse's root; absolute ones ({@code /data/x.parquet},
 * {@code file:///data/x.parquet}, {@code s3://bucket/x.parquet}) are taken as they are.
 */
public interface DatasetStore extends AutoCloseable {
    /**
     * Opens the store of the warehouse at {@code root}, a local path or a URI; nothing is created yet. A quarter of the heap
     * may go to columns that were decoded.
     */
    static DatasetStore open(String root) {
        return open(root, Runtime.getRuntime().maxMemory() / 4);
    }

    /** As {@link #open(String)}; {@code cacheBytes} of the heap may go to columns that were decoded, 0 for none. */
    static DatasetStore open(String root, long cacheBytes) {
        return ParquetDatasetStore.open(root, cacheBytes);
    }

    /** The storage on which the warehouse lives; also resolves absolute locations of any supported scheme. */
    Storage storage();

    /** The absolute URI of a location. */
    String uri(String location);

    /** The schema of a Parquet file, ours or anybody's. */
    Schema schema(String location);

    /** The number of rows of a Parquet file, from its footer. */
    long rowCount(String location);

    /**
     * Plans a read of files that share {@code schema}: a file may lack nullable columns (read as NULL) and may have more.
     * Files are read in the given order. The request's columns are paths in {@code schema}.
     */
    Scan scan(List<String> locations, Schema schema, ScanRequest request);

    /** Begins to write new files directly into {@code folder}, which becomes part of each {@link DataFile#path()}. */
    DatasetWriter writer(String folder, Schema schema, WriteOptions options);

    /**
     * Begins to write one new file for others, who see it when it is complete.
     *
     * @param replace whether it may take the place of a file of this name
     */
    DatasetWriter fileWriter(String location, Schema schema, WriteOptions options, boolean replace);

    @Override
    void close();
}
