// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL about the columns of versions. */
final class ColumnSql {
    private static final String INSERT = """
        INSERT INTO version_columns (version_id, ordinal, name, name_key, data_type, nullable, null_count, min_value,
            max_value, distinct_estimate, declared_not_null)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """;
    private static final String SELECT =
            "SELECT name, data_type, nullable FROM version_columns WHERE version_id = ? ORDER BY ordinal";

    private static final String DECLARED =
            "SELECT name FROM version_columns WHERE version_id = ? AND declared_not_null ORDER BY ordinal";

    private ColumnSql() {}

    static void insert(Sql sql, long versionId, DraftRequest request, List<ColumnStatistics> statistics)
            throws SQLException {
        Schema schema = request.schema();
        Map<String, ColumnStatistics> known = new HashMap<>();
        for (ColumnStatistics column : statistics) {
            if (column.column().names().size() == 1) {
                known.put(column.column().names().get(0), column);
            }
        }
        sql.batch(INSERT, schema.fields(), (field, ordinal) -> {
            ColumnStatistics column = known.get(field.name());
            return new @Nullable Object[] {
                versionId,
                ordinal,
                field.name(),
                DatasetName.key(field.name()),
                TypeText.format(field.type()),
                field.nullable(),
                column == null ? null : count(column.nullCount()),
                column == null ? null : bound(column.min()),
                column == null ? null : bound(column.max()),
                column == null ? null : count(column.distinctEstimate()),
                request.declaredNotNull().contains(field.name())
            };
        });
    }

    private static @Nullable Long count(long value) {
        return value < 0 ? null : Long.valueOf(value);
    }

    private static @Nullable String bound(@Nullable Object value) {
        return value == null ? null : ValueText.format(value);
    }

    static Schema schema(Sql sql, long versionId) throws SQLException {
        return new Schema(sql.list(
                SELECT,
                row -> new Field(row.getString(1), TypeText.parse(row.getString(2)), row.getBoolean(3)),
                versionId));
    }

    /** The columns that were declared NOT NULL. */
    static Set<String> declared(Sql sql, long versionId) throws SQLException {
        return Set.copyOf(sql.list(DECLARED, row -> row.getString(1), versionId));
    }
}
