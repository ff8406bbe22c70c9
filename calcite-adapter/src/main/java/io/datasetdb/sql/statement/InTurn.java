// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import org.jspecify.annotations.Nullable;

/** The rows of one source, and behind them those of another; both are closed with it. */
final class InTurn implements BatchSource {
    private final BatchSource first;
    private final BatchSource second;
    private boolean firstEnded;

    InTurn(BatchSource first, BatchSource second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = firstEnded ? null : first.next();
        if (batch != null) {
            return batch;
        }
        firstEnded = true;
        return second.next();
    }

    @Override
    public void close() {
        try (second) {
            first.close();
        }
    }
}
