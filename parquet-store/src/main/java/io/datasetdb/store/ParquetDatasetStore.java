// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import io.datasetdb.store.internal.PublishedFile;
import io.datasetdb.store.internal.WarehouseStorage;
import io.datasetdb.store.internal.parquet.read.ColumnCache;
import io.datasetdb.store.internal.parquet.read.FooterCache;
import io.datasetdb.store.internal.parquet.read.ParquetScan;
import io.datasetdb.store.internal.parquet.write.ParquetDatasetWriter;
import io.datasetdb.vector.Schema;
import java.util.List;

/** The one implementation: Parquet files on whatever storage a location names, with footers and decoded columns kept at hand. */
final class ParquetDatasetStore implements DatasetStore {
    private static final int CACHED_FOOTERS = 4096;

    private final WarehouseStorage storage;
    private final FooterCache footers = new FooterCache(CACHED_FOOTERS);
    private final ColumnCache columns;

    private ParquetDatasetStore(WarehouseStorage storage, ColumnCache columns) {
        this.storage = storage;
        this.columns = columns;
    }

    static DatasetStore open(String root, long cacheBytes) {
        return new ParquetDatasetStore(WarehouseStorage.at(root), new ColumnCache(cacheBytes));
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public String uri(String location) {
        return storage.uri(location);
    }

    @Override
    public Schema schema(String location) {
        return footers.get(storage, location).schema();
    }

    @Override
    public long rowCount(String location) {
        return footers.get(storage, location).rowCount();
    }

    @Override
    public Scan scan(List<String> locations, Schema schema, ScanRequest request) {
        return new ParquetScan(storage, footers, columns, locations, schema, request);
    }

    @Override
    public DatasetWriter writer(String folder, Schema schema, WriteOptions options) {
        return new ParquetDatasetWriter(storage, folder, schema, options);
    }

    @Override
    public DatasetWriter fileWriter(String location, Schema schema, WriteOptions options, boolean replace) {
        WriteOptions oneFile = new WriteOptions(options.codec(), options.rowGroupRows(), Long.MAX_VALUE);
        return new ParquetDatasetWriter(new PublishedFile(storage, location, replace), location, schema, oneFile);
    }

    @Override
    public void close() {
        storage.close();
    }
}
