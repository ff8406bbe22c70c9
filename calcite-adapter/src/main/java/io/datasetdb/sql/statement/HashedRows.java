// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.exec.HashedOperator;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rows that are hashed on their way into a version. */
final class HashedRows implements BatchSource {
    private final BatchSource rows;
    private final Supplier<ContentHash> hash;

    private HashedRows(BatchSource rows, Supplier<ContentHash> hash) {
        this.rows = rows;
        this.hash = hash;
    }

    /** Rows from anywhere, hashed as they pass. */
    static HashedRows of(BatchSource rows, Schema schema, boolean ordered) {
        ContentHash hash = new ContentHash(schema, ordered);
        return new HashedRows(new Passing(rows, hash), () -> hash);
    }

    /**
     * The rows of a query.
     *
     * @param schema the columns as they are stored
     * @param ordered whether the order of the rows is to count
     */
    static HashedRows of(
            Deposit deposit, PlannedQuery plan, List<@Nullable Object> arguments, Schema schema, boolean ordered) {
        if (ordered) {
            return of(deposit.query(plan, arguments), schema, true);
        }
        HashedOperator.Hashes hashes = new HashedOperator.Hashes(schema);
        PlannedQuery hashed = plan.under(new HashedOperator.Factory(plan.root(), hashes));
        return new HashedRows(deposit.query(hashed, arguments), hashes::sum);
    }

    /** Of all rows, after the last one. */
    ContentHash hash() {
        return hash.get();
    }

    @Override
    public @Nullable Batch next() {
        return rows.next();
    }

    @Override
    public void close() {
        rows.close();
    }

    private record Passing(BatchSource rows, ContentHash hash) implements BatchSource {
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
}
