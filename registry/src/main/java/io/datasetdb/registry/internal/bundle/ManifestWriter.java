// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.internal.DatasetSql;
import io.datasetdb.registry.internal.NamespaceSql;
import io.datasetdb.registry.internal.ProjectSql;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.Times;
import io.datasetdb.registry.internal.VersionSql;
import io.datasetdb.store.DataFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what a manifest says and the registry lacks, inside one transaction. */
public final class ManifestWriter {
    /** That it was dropped once tells its new files from those that it had before. */
    private static final String RESTORE =
            "UPDATE versions SET state = 'COMPLETE', purged_at = NULL WHERE version_id = ?";

    private static final String KNOWN_FILE = "SELECT file_id FROM data_files WHERE path = ?";
    private static final String LINK = "INSERT INTO version_files (version_id, ordinal, file_id) VALUES (?, ?, ?)";
    private static final String UNLINK = "DELETE FROM version_files WHERE version_id = ?";
    private static final String HIGHEST =
            "UPDATE datasets SET highest_number = ? WHERE dataset_id = ? AND highest_number < ?";

    private final Sql sql;
    private final BundleRows rows;
    private final Manifest manifest;
    private final ImportPlan plan;
    private final Map<String, DataFile> files;
    private final String folder;
    private final long now = Times.now();
    private final Map<Integer, Long> datasets = new HashMap<>();

    /**
     * @param files those that were copied, or are here already, by the path that the manifest has for them
     * @param folder where those are that were copied
     */
    public ManifestWriter(Sql sql, Manifest manifest, ImportPlan plan, Map<String, DataFile> files, String folder) {
        this.sql = sql;
        this.rows = new BundleRows(sql);
        this.manifest = manifest;
        this.plan = plan;
        this.files = files;
        this.folder = folder;
    }

    /** Writes; answers the names of functions of which there are others here, which stay. */
    public List<String> write() throws SQLException {
        for (int i = 0; i < manifest.versions().size(); i++) {
            Manifest.Version version = manifest.versions().get(i);
            switch (plan.actions().get(i)) {
                case KEEP -> {}
                case AMEND -> amend(version, known(version));
                case RESTORE -> {
                    long id = known(version);
                    sql.update(RESTORE, id);
                    amend(version, id);
                    place(version, id);
                }
                case INSERT -> place(version, insert(version, dataset(version.dataset())));
            }
        }
        for (long datasetId : datasets.values()) {
            DatasetSql.findLatest(sql, datasetId);
        }
        return new BundleFunctions(manifest).register(sql, rows);
    }

    private long known(Manifest.Version version) throws SQLException {
        return VersionSql.idOf(sql, version.uuid()).orElseThrow();
    }

    /** Gives a version its files and its place in its dataset. */
    private void place(Manifest.Version version, long versionId) throws SQLException {
        long datasetId = dataset(version.dataset());
        if (version.readable()) {
            project(plan.names().get(version.dataset()));
            link(version, versionId);
        }
        long number = version.version().number();
        sql.update(HIGHEST, number, datasetId, number);
    }

    private long dataset(int ordinal) throws SQLException {
        Long known = datasets.get(ordinal);
        if (known == null) {
            known = findOrMake(ordinal);
            datasets.put(ordinal, known);
        }
        return known;
    }

    /** The dataset's id; it is made, with its namespace and project, if there is none. */
    private long findOrMake(int ordinal) throws SQLException {
        DatasetName name = plan.names().get(ordinal);
        Optional<DatasetSql.Row> known = DatasetSql.find(sql, name);
        if (known.isPresent()) {
            return known.get().id();
        }
        Manifest.Dataset dataset = manifest.datasets().get(ordinal);
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        own.put("project_id", project(name));
        own.put("name", name.name());
        own.put("name_key", DatasetName.key(name.name()));
        own.put("highest_number", -1L);
        long id = rows.insert("datasets", dataset.row(), own, "dataset_id");
        for (Map<String, @Nullable Object> comment : dataset.columnComments()) {
            rows.insert("column_comments", comment, Map.of("dataset_id", id), null);
        }
        return id;
    }

    /** The project's id; it is made or revived, with its namespace, if it is not there. */
    private long project(DatasetName name) throws SQLException {
        if (NamespaceSql.find(sql, name.namespace()).isEmpty()) {
            NamespaceSql.create(sql, name.namespace());
        }
        long namespaceId = NamespaceSql.find(sql, name.namespace()).orElseThrow();
        if (ProjectSql.find(sql, namespaceId, name.project()).isEmpty()) {
            ProjectSql.create(sql, namespaceId, name.project());
        }
        return ProjectSql.find(sql, namespaceId, name.project()).orElseThrow();
    }

    /** Adds what was left out when a version came with fewer of its ancestors. */
    private void amend(Manifest.Version version, long versionId) throws SQLException {
        for (Map.Entry<String, List<Map<String, @Nullable Object>>> table :
                BundledLineage.referring(version).entrySet()) {
            Set<Long> here = new HashSet<>(sql.list(
                    "SELECT ordinal FROM " + table.getKey() + " WHERE version_id = ?",
                    row -> row.getLong(1),
                    versionId));
            for (Map<String, @Nullable Object> row : table.getValue()) {
                if (row.get("ordinal") instanceof Long ordinal && !here.contains(ordinal)) {
                    insertOf(table.getKey(), row, versionId);
                }
            }
        }
    }

    private long insert(Manifest.Version version, long datasetId) throws SQLException {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        own.put("dataset_id", datasetId);
        own.put("number", version.version().number());
        own.put("version", version.version().toString());
        own.put("uuid", version.uuid().toString());
        own.put("state", version.readable() ? "COMPLETE" : "DROPPED");
        own.put("dropped_at", version.readable() ? null : now);
        own.put("purged_at", version.readable() ? null : now);
        own.put("script_id", VersionSql.script(sql, version.script()));
        long id = rows.insert("versions", version.row(), own, "version_id");
        for (String table : BundleRows.OF_VERSIONS) {
            for (Map<String, @Nullable Object> row : version.tables().getOrDefault(table, List.of())) {
                insertOf(table, row, id);
            }
        }
        return id;
    }

    /** A row whose parent is neither here nor in the bundle is left out: it is that of an ancestor at the bundle's end. */
    private void insertOf(String table, Map<String, @Nullable Object> row, long versionId) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row);
        for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
            Object value = entry.getValue();
            if (value != null && BundleRows.isReference(entry.getKey())) {
                Optional<Long> id = VersionSql.idOf(sql, UUID.fromString(value.toString()));
                if (id.isEmpty()) {
                    return;
                }
                entry.setValue(id.get());
            } else if (value instanceof String infinite && entry.getKey().equals("metric_value")) {
                entry.setValue(Double.valueOf(infinite));
            }
        }
        rows.insert(table, values, Map.of("version_id", versionId), null);
    }

    private void link(Manifest.Version version, long versionId) throws SQLException {
        sql.update(UNLINK, versionId);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < version.files().size(); i++) {
            DataFile file = files.get(version.files().get(i).path());
            Optional<Long> known =
                    file == null ? Optional.empty() : sql.first(KNOWN_FILE, row -> row.getLong(1), file.path());
            if (file == null || known.isEmpty() && !file.path().startsWith(folder + "/")) {
                throw new DatasetDbException(
                        RegistryError.CONFLICT,
                        "Cannot import bundle: somebody dropped what it builds on meanwhile ("
                                + plan.names().get(version.dataset()) + "@" + version.version() + ")");
            }
            ids.add(
                    known.isPresent()
                            ? known.get()
                            : insert(file, version.statistics().get(i)));
        }
        sql.batch(LINK, ids, (id, ordinal) -> new Object[] {versionId, ordinal, id});
    }

    private long insert(DataFile file, String statistics) throws SQLException {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        own.put("path", file.path());
        own.put("row_count", file.rowCount());
        own.put("byte_size", file.byteSize());
        own.put("checksum", file.checksum());
        own.put("statistics", statistics);
        return rows.insert("data_files", Map.of(), own, "file_id");
    }
}
