// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;

/** A file of rows that is being written. Closing it before it was finished leaves nothing. For one thread. */
interface RowFile extends AutoCloseable {
    /** Appends the selected rows. */
    void write(Batch batch);

    /** Completes the file, which others see from now on; answers its size in bytes. */
    long finish();

    @Override
    void close();

    /** Begins a file; {@code replace} says whether it may take the place of another. */
    static RowFile begin(DatasetStore store, String location, Schema schema, CopyOptions options, boolean replace) {
        return switch (options.format()) {
            case PARQUET -> new OfParquet(store.fileWriter(location, schema, options.layout(), replace));
            case CSV -> TextFile.begin(store, location, new CsvText(schema, options), options.gzip(), replace);
            case JSON -> TextFile.begin(store, location, new JsonLines(schema, options), options.gzip(), replace);
        };
    }

    /** A Parquet file. */
    record OfParquet(DatasetWriter writer) implements RowFile {
        @Override
        public void write(Batch batch) {
            writer.write(batch);
        }

        @Override
        public long finish() {
            return writer.finish().stream().mapToLong(DataFile::byteSize).sum();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
