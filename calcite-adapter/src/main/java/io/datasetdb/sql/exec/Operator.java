// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.BatchSource;

/**
 * One step of a running query. Pulled by one thread; closing it closes its inputs. Any non-empty batch may come with a
 * selection. An operator polls {@link Run#checkCancelled()} at least once per input batch.
 */
public interface Operator extends BatchSource {
    /** The piece of a batch that comes after all others. */
    long LAST_PIECE = Long.MAX_VALUE;

    /**
     * Where the last batch belongs, for an operator that is one of the parts of a divided step: the batches of all parts in
     * the order of their pieces, those of one piece as they came, are in the order of the undivided step. The pieces of a
     * part only grow, and each piece is one part's. If the step has no order, always 0.
     */
    default long piece() {
        return 0;
    }
}
