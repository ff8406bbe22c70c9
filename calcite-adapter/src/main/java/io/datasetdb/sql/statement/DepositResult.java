// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.schema.TemporaryTable;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The one row that a deposit answers. */
final class DepositResult {
    static final Schema SCHEMA = Schema.of(
            Field.required("dataset", DataType.VARCHAR),
            Field.required("version", DataType.VARCHAR),
            Field.required("rows", DataType.BIGINT),
            Field.required("bytes", DataType.BIGINT),
            Field.required("milliseconds", DataType.BIGINT));

    private DepositResult() {}

    /**
     * The row, whose {@code rows} are the update count too.
     *
     * @param version that the name means now
     * @param rows that the statement deposited or changed
     * @param bytes that it wrote
     */
    static StatementResult of(DatasetVersion version, long rows, long bytes, Instant startedAt) {
        return of(version.name().toString(), version.version().toString(), rows, bytes, startedAt);
    }

    /** The row of a statement that made or changed a temporary dataset, which has no versions. */
    static StatementResult ofTemporary(TemporaryTable table, long rows, long bytes, Instant startedAt) {
        return of(table.displayName(), "temporary", rows, bytes, startedAt);
    }

    private static StatementResult of(String name, String version, long rows, long bytes, Instant startedAt) {
        long millis = Duration.between(startedAt, Instant.now()).toMillis();
        return new RowResult(SCHEMA, List.of(List.of(name, version, rows, bytes, millis)), rows);
    }
}
