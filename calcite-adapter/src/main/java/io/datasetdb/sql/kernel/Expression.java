// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/**
 * A scalar expression over the columns of a batch. Immutable and free of run-time state: one expression serves any number
 * of runs and threads.
 */
public interface Expression {
    /** The type of the result. */
    DataType type();

    /**
     * Computes the expression at the selected positions and nowhere else, so that an error (overflow, a bad cast) can only
     * come from a row that counts.
     *
     * @param batch the input columns
     * @param selection positions of {@code batch} to compute, which need not be the batch's own selection
     * @param bindings parameters and the like
     * @return a vector of {@code batch.rowCount()} positions, aligned with the batch; what stands at positions that are
     *     not selected is undefined (but harmless to copy)
     */
    Vector evaluate(Batch batch, Selection selection, Bindings bindings);

    /**
     * As a filter: the selected positions at which this BOOLEAN expression is TRUE (not FALSE, not NULL). The default
     * evaluates it; comparisons and logic answer without building a vector.
     */
    default Selection filter(Batch batch, Selection selection, Bindings bindings) {
        return Filters.whereTrue(evaluate(batch, selection, bindings), selection);
    }
}
