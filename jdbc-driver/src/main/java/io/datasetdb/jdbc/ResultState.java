// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.Failures;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of a statement's results is the current one. What is not a query has two: the row that says what it did, and the
 * number of rows it deposited or changed.
 */
final class ResultState {
    private long pending = -1;
    private long current = -1;

    /** After an execution whose first result is this one. */
    void executed(@Nullable AvaticaResultSet result) throws SQLException {
        current = -1;
        pending = result instanceof DatasetDbResultSet rows && !rows.isQuery() ? rows.updateCount() : -1;
    }

    /** The count that an {@code executeUpdate} returns; it has no use for the row. */
    long changes(@Nullable AvaticaResultSet result) throws SQLException {
        if (!(result instanceof DatasetDbResultSet rows)) {
            return 0;
        }
        if (rows.isQuery()) {
            rows.close();
            throw Failures.of("Cannot count changed rows: the statement is a query; call executeQuery", "07005", null);
        }
        long count = rows.updateCount();
        rows.close();
        pending = -1;
        current = count;
        return count;
    }

    /** Moves on from the row to the count, then to the end. */
    void more() {
        current = pending;
        pending = -1;
    }

    /**
     * What {@code getUpdateCount} says: -1 if there is none. The count is told from the start, also while the row is still
     * the current result, since most callers look just once.
     */
    long updateCount() {
        return Math.max(pending, current);
    }
}
