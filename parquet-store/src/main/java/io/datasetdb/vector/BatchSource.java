// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import org.jspecify.annotations.Nullable;

/** A stream of batches that one thread pulls; whoever opened it closes it. */
public interface BatchSource extends AutoCloseable {
    /** The next batch, never an empty one, or {@code null} at the end (and again after it). */
    @Nullable
    Batch next();

    /** Releases what the source holds; idempotent, and allowed before the end. */
    @Override
    void close();
}
