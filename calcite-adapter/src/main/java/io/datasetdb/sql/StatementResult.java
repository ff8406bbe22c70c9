// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;

/**
 * The rows of an executed statement, pulled by one thread; closing it ends the execution. A deposit has done its work by
 * the time it hands out its one row.
 */
public interface StatementResult extends BatchSource {
    /** The columns of the batches. */
    Schema schema();

    /** Rows that the statement deposited or changed; 0 for other statements that are not queries; -1 for a query. */
    long updateCount();

    /**
     * Asks a running execution to end, as its {@link Cancellation} does; may be called by any thread. The puller gets an error
     * with SQLSTATE 57014.
     */
    void cancel();
}
