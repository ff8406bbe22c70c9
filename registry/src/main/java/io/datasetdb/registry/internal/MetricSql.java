// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import java.sql.SQLException;

/** SQL about metrics. */
public final class MetricSql {
    private static final String SET = """
            INSERT INTO metrics (version_id, metric, metric_value, author, recorded_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (version_id, metric)
            DO UPDATE SET metric_value = excluded.metric_value, author = excluded.author, recorded_at = excluded.recorded_at""";

    private MetricSql() {}

    public static void set(Sql sql, long versionId, String metric, double value, String author) throws SQLException {
        sql.update(SET, versionId, metric, value, author, Times.now());
    }
}
