// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.internal.DatasetSql;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.StatisticsText;
import io.datasetdb.registry.internal.TypeText;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which files an import has to copy.
 *
 * @param present those that the dataset has already here, by the path that the manifest has for them
 * @param missing those to copy, with the columns that they have
 */
public record ImportedFiles(Map<String, DataFile> present, Map<DataFile, Schema> missing) {
    private static final String OF_DATASET = """
        SELECT DISTINCT f.path, f.row_count, f.byte_size, f.checksum
        FROM versions v
        JOIN version_files vf ON vf.version_id = v.version_id
        JOIN data_files f ON f.file_id = vf.file_id
        WHERE v.dataset_id = ? ORDER BY f.path\
        """;

    public static ImportedFiles of(Sql sql, Manifest manifest, ImportPlan plan) throws SQLException {
        Map<Integer, Map<String, Deque<DataFile>>> here = new HashMap<>();
        ImportedFiles files = new ImportedFiles(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (int i = 0; i < manifest.versions().size(); i++) {
            Manifest.Version version = manifest.versions().get(i);
            Schema schema = schema(version);
            if (!plan.actions().get(i).brings()) {
                continue;
            }
            Map<String, Deque<DataFile>> known = here.get(version.dataset());
            if (known == null) {
                known = ofDataset(sql, plan, version.dataset());
                here.put(version.dataset(), known);
            }
            for (DataFile file : version.files()) {
                if (!files.present.containsKey(file.path())) {
                    files.add(file, schema, known.getOrDefault(file.checksum(), new ArrayDeque<>()));
                }
            }
        }
        return files;
    }

    /** Files of the same bytes remain as many as they are, because a version may have several of them. */
    private void add(DataFile file, Schema schema, Deque<DataFile> same) {
        if (same.isEmpty()) {
            missing.putIfAbsent(file, schema);
        } else if (!missing.containsKey(file)) {
            present.put(file.path(), same.remove());
        }
    }

    private static Map<String, Deque<DataFile>> ofDataset(Sql sql, ImportPlan plan, int dataset) throws SQLException {
        Map<String, Deque<DataFile>> files = new HashMap<>();
        Optional<DatasetSql.Row> row = DatasetSql.find(sql, plan.names().get(dataset));
        if (row.isPresent()) {
            sql.list(
                            OF_DATASET,
                            file -> new DataFile(
                                    file.getString(1), file.getLong(2), file.getLong(3), file.getString(4), List.of()),
                            row.get().id())
                    .forEach(file -> files.computeIfAbsent(file.checksum(), same -> new ArrayDeque<>())
                            .add(file));
        }
        return files;
    }

    /** The columns of a version; fails if a later reader would stumble over them, or over the statistics. */
    private static Schema schema(Manifest.Version version) {
        try {
            List<Field> fields = new ArrayList<>();
            for (Map<String, @Nullable Object> column : version.tables().getOrDefault("version_columns", List.of())) {
                fields.add(new Field(
                        String.valueOf(column.get("name")),
                        TypeText.parse(String.valueOf(column.get("data_type"))),
                        Boolean.TRUE.equals(column.get("nullable"))));
            }
            Schema schema = new Schema(fields);
            version.statistics().forEach(statistics -> StatisticsText.parse(statistics, schema));
            return schema;
        } catch (RuntimeException e) {
            throw new DatasetDbException(
                    RegistryError.BAD_BUNDLE,
                    "Cannot import bundle: its manifest is wrong about the columns of a version (" + version.uuid()
                            + ")",
                    e);
        }
    }
}
