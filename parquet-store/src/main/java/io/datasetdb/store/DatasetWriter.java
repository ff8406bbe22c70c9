// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import io.datasetdb.vector.Batch;
import java.util.List;

/** Writes batches to one or more new Parquet files. Closing without {@link #finish()} removes what was written. */
public interface DatasetWriter extends AutoCloseable {
    /** Appends the selected rows of a batch, whose columns must match the writer's schema. */
    void write(Batch batch);

    /** Rows appended so far. */
    long rowCount();

    /**
     * Completes the files and makes them durable (files and folder synced).
     *
     * @return the files in row order; one without rows if nothing was written, so that the schema is kept
     */
    List<DataFile> finish();

    @Override
    void close();
}
