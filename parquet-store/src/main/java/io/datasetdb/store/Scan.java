// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.List;

/**
 * A planned read: immutable, may be opened any number of times and by several threads at once, one split each. Reading the
 * splits one after the other yields the rows in stored order.
 */
public interface Scan {
    /** A part of the scan that one thread reads, e.g. a row group; opaque to everyone but the scan that made it. */
    interface Split {
        /** Rows in this split before any filter, or -1 if unknown. */
        long rowCount();
    }

    /** The columns of the batches, as the request ordered them. */
    Schema schema();

    /** What is left to read after pruning, in stored order. */
    List<Split> splits();

    /** Opens one of {@link #splits()}. */
    BatchSource open(Split split);
}
