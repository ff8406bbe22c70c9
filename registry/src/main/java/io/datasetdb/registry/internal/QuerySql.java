// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.QueryRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL about the history of queries. */
final class QuerySql {
    private static final String INSERT = """
            INSERT INTO queries (query_id, statement, author, started_at, duration_ms, row_count, inputs, state, error_message)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    /** The newest query that goes; none if there are not more than that many. */
    private static final String NEWEST_GONE = "SELECT query_id FROM queries ORDER BY query_id DESC LIMIT 1 OFFSET ?";

    private static final String TRIM = "DELETE FROM queries WHERE query_id <= ?";

    private static final String TRIM_OLD =
            "DELETE FROM queries WHERE started_at < (SELECT max(started_at) FROM queries) - ?";

    private QuerySql() {}

    static void insert(Sql sql, List<String> ids, List<QueryRecord> queries) throws SQLException {
        sql.batch(INSERT, queries, (query, ordinal) -> new @Nullable Object[] {
            ids.get(ordinal - 1),
            query.statement(),
            query.author(),
            Times.micros(query.startedAt()),
            query.duration().toMillis(),
            query.rowCount(),
            TextList.ofItems(query.inputs()),
            query.state().name(),
            query.errorMessage()
        });
    }

    /**
     * Forgets all but the newest {@code keep} queries, whose ids are in the order in which they were made, and all that started
     * longer than {@code keepTime} before the newest one.
     */
    static void trim(Sql sql, long keep, Duration keepTime) throws SQLException {
        sql.update(TRIM_OLD, keepTime.toNanos() / 1_000);
        var newest = sql.first(NEWEST_GONE, row -> row.getString(1), keep);
        if (newest.isPresent()) {
            sql.update(TRIM, newest.get());
        }
    }
}
