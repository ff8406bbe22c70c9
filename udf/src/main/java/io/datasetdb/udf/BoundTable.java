// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.vector.Schema;
import java.util.List;

/** A table function with its arguments: a table. Immutable, may be scanned any number of times. */
public interface BoundTable {
    Schema schema();

    /** Absolute URIs of the storage it reads, recorded as dependencies. */
    List<String> inputs();

    /** The files that it reads, as they were when it was bound. */
    default List<StorageEntry> files() {
        return List.of();
    }

    /** Rows, or -1 if unknown; an estimate is good enough. */
    long rowCount();

    /** Plans a read; the request's columns are paths in {@link #schema()}. */
    Scan scan(ScanRequest request);
}
