// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import org.jspecify.annotations.Nullable;

/** Rows that are hashed as they pass. */
final class HashedRows implements BatchSource {
    private final BatchSource rows;
    private final ContentHash hash;

    HashedRows(BatchSource rows, Schema schema) {
        this.rows = rows;
        this.hash = new ContentHash(schema);
    }

    /** Of all rows that have passed. */
    ContentHash hash() {
        return hash;
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = rows.next();
        if (batch != null) {
            hash.add(batch);
        }
        return batch;
    }

    @Override
    public void close() {
        rows.close();
    }
}
