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

    /**
     * Opens one of {@link #splits()}; only rows that pass all filters come back.
     *
     * @param filters in the order in which they are to be asked; each is asked only about rows that those before it passed
     * @param counters where costs and savings are added up
     */
    default BatchSource open(Split split, List<RowFilter> filters, ScanCounters counters) {
        return RowFilter.filtered(open(split), filters, counters);
    }

    /**
     * Whether a row of the split may match, as far as is known without reading its values; for conditions that come up only
     * after {@link #splits()} was asked for. The predicate's columns are paths as the scan's request had them.
     */
    default boolean mayMatch(Split split, Predicate predicate) {
        return true;
    }
}
