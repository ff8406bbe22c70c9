// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statistics of a file as the text list that {@code data_files.statistics} documents. */
public final class StatisticsText {
    private static final int PATH = 4;

    private StatisticsText() {}

    static String format(List<ColumnStatistics> statistics) {
        var rows = new ArrayList<List<String>>();
        for (ColumnStatistics column : statistics) {
            var row = new ArrayList<String>();
            row.add(String.valueOf(column.nullCount()));
            row.add(String.valueOf(column.distinctEstimate()));
            row.add(bound(column.min()));
            row.add(bound(column.max()));
            row.addAll(column.column().names());
            rows.add(row);
        }
        return TextList.ofRows(rows);
    }

    private static String bound(@Nullable Object value) {
        return value == null ? "" : "=" + ValueText.format(value);
    }

    /** The statistics of a file of a version with this schema; columns that the schema does not have are left out. */
    public static List<ColumnStatistics> parse(String text, Schema schema) {
        var statistics = new ArrayList<ColumnStatistics>();
        for (List<String> row : TextList.rows(text)) {
            var path = new ColumnPath(row.subList(PATH, row.size()));
            type(schema, path)
                    .ifPresent(type -> statistics.add(new ColumnStatistics(
                            path,
                            Long.parseLong(row.get(0)),
                            bound(type, row.get(2)),
                            bound(type, row.get(3)),
                            Long.parseLong(row.get(1)))));
        }
        return statistics;
    }

    private static @Nullable Object bound(DataType type, String text) {
        return text.isEmpty() ? null : ValueText.parse(type, text.substring(1));
    }

    /** The type of the leaf at {@code path}. */
    static Optional<DataType> type(Schema schema, ColumnPath path) {
        List<Field> fields = schema.fields();
        DataType type = null;
        for (String name : path.names()) {
            Field found = null;
            for (Field field : fields) {
                if (field.name().equals(name)) {
                    found = field;
                }
            }
            if (found == null) {
                return Optional.empty();
            }
            type = found.type();
            fields = type instanceof DataType.Row row ? row.fields() : List.of();
        }
        return Optional.ofNullable(type);
    }
}
