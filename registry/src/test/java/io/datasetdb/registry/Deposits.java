// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deposits for tests: the registry does not look into files, so these have none on disk. */
final class Deposits {
    static final Schema SCHEMA = Schema.of(
            Field.required("id", DataType.BIGINT),
            Field.of("file", DataType.row(Field.of("path", DataType.VARCHAR), Field.of("size", DataType.BIGINT))),
            Field.of("score", DataType.DOUBLE));
    static final Instant STARTED = Instant.parse("2026-01-31T12:00:00Z");

    private Deposits() {}

    static Provenance provenance(@Nullable String statement) {
        return Provenance.of(statement, "ada", STARTED, STARTED.plusMillis(1500), "0.1.0");
    }

    /** A file of a draft with ids from {@code low} to {@code high}. */
    static DataFile file(VersionDraft draft, int part, long low, long high) {
        long rows = high - low + 1;
        return new DataFile(
                draft.folder() + "/part-" + part + ".parquet",
                rows,
                rows * 10,
                "ab".repeat(32),
                List.of(
                        new ColumnStatistics(ColumnPath.of("id"), 0, low, high, rows),
                        new ColumnStatistics(ColumnPath.of("file", "path"), 1, "a\tb", "z\\", 7),
                        new ColumnStatistics(ColumnPath.of("score"), rows, null, null, 0)));
    }

    /** Deposits a version with one file of {@code rows} rows. */
    static DatasetVersion deposit(Registry registry, DraftRequest request, long rows, Provenance provenance) {
        try (VersionDraft draft = registry.begin(request)) {
            draft.add(file(draft, 0, 1, rows));
            return draft.commit(provenance);
        }
    }

    static DatasetVersion deposit(Registry registry, String name) {
        return deposit(registry, DraftRequest.replace(DatasetName.of(name), SCHEMA), 10, provenance("select 1"));
    }

    /** A version made from others. */
    static DatasetVersion derive(Registry registry, String name, DatasetVersion... parents) {
        var dependencies = new ArrayList<Dependency>();
        for (DatasetVersion parent : parents) {
            dependencies.add(new Dependency.OnDataset(parent.ref()));
        }
        return deposit(
                registry,
                DraftRequest.replace(DatasetName.of(name), SCHEMA),
                10,
                provenance("select * from …").withDependencies(dependencies));
    }

    /** All rows of a source, each by column name. */
    static List<Map<String, Object>> rows(SystemTable table, BatchSource source) {
        var rows = new ArrayList<Map<String, Object>>();
        try (source) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int c = 0; c < table.schema().size(); c++) {
                        row.put(table.schema().field(c).name(), batch.column(c).getObject(i));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    static List<Map<String, Object>> rows(Registry registry, String table) {
        SystemTable found = SystemTables.find(table).orElseThrow();
        return rows(found, found.rows(registry, null));
    }
}
