// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.internal.DataFolders;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.store.DataFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the manifest of some versions out of the registry. */
public final class ManifestReader {
    private record Owner(long datasetId, DatasetName name) {}

    private static final String VERSION = "SELECT * FROM versions WHERE version_id = ?";
    private static final String OWNER = """
        SELECT d.dataset_id, n.name, p.name, d.name
        FROM versions v
        JOIN datasets d ON d.dataset_id = v.dataset_id
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        WHERE v.version_id = ?\
        """;
    private static final String PARENTS = """
        SELECT parent_version_id FROM dependencies WHERE version_id = ? AND parent_version_id IS NOT NULL
        UNION
        SELECT parent_version_id FROM column_lineage WHERE version_id = ? AND parent_version_id IS NOT NULL
        UNION
        SELECT input_version_id FROM recipe_inputs WHERE version_id = ? AND input_version_id IS NOT NULL\
        """;
    private static final String FILES = """
        SELECT f.path, f.row_count, f.byte_size, f.checksum, f.statistics
        FROM version_files vf JOIN data_files f ON f.file_id = vf.file_id
        WHERE vf.version_id = ? ORDER BY vf.ordinal\
        """;
    private static final String SCRIPT =
            "SELECT s.body FROM versions v JOIN scripts s ON s.script_id = v.script_id WHERE v.version_id = ?";
    private static final String HISTORY = "SELECT uuid FROM versions WHERE dataset_id = ? ORDER BY number";

    private final Sql sql;
    private final BundleRows rows;
    private final Map<Long, Integer> ordinals = new LinkedHashMap<>();
    private final List<Manifest.Dataset> datasets = new ArrayList<>();

    public ManifestReader(Sql sql) {
        this.sql = sql;
        this.rows = new BundleRows(sql);
    }

    /**
     * Reads what belongs to versions.
     *
     * @param asked ids of versions; those that can be read travel with their files
     * @param withLineage whether all ancestors are part of it, not only the parents
     */
    public Manifest read(String registry, Set<Long> asked, boolean withLineage) throws SQLException {
        Set<Long> all = new TreeSet<>(asked);
        Collection<Long> near = asked;
        do {
            Set<Long> parents = new LinkedHashSet<>();
            for (long id : near) {
                parents.addAll(sql.list(PARENTS, row -> row.getLong(1), id, id, id));
            }
            parents.removeAll(all);
            all.addAll(parents);
            near = parents;
        } while (withLineage && !near.isEmpty());
        Set<Map<String, @Nullable Object>> functions = new LinkedHashSet<>();
        for (long id : asked) {
            functions.addAll(BundleFunctions.used(rows, id));
            dataset(id, true);
        }
        List<Manifest.Version> versions = new ArrayList<>();
        // A parent was there before its child, and ids grow.
        for (long id : all) {
            versions.add(version(id, asked.contains(id)));
        }
        return new Manifest(registry, datasets, versions, List.copyOf(functions));
    }

    /** The folders in which the files of versions are. */
    public Set<String> folders(Set<Long> versions) throws SQLException {
        Set<String> folders = new LinkedHashSet<>();
        for (long id : versions) {
            sql.list(FILES, row -> folders.add(DataFolders.folder(row.getString(1))), id);
        }
        return folders;
    }

    private int dataset(long versionId, boolean asked) throws SQLException {
        Owner owner = sql.first(
                        OWNER,
                        row -> new Owner(
                                row.getLong(1), new DatasetName(row.getString(2), row.getString(3), row.getString(4))),
                        versionId)
                .orElseThrow();
        Integer known = ordinals.get(owner.datasetId);
        if (known != null) {
            return known;
        }
        Map<String, @Nullable Object> row = rows.read("SELECT * FROM datasets WHERE dataset_id = ?", owner.datasetId)
                .get(0);
        row.remove("highest_number");
        datasets.add(new Manifest.Dataset(
                owner.name,
                asked,
                sql.list(HISTORY, each -> each.getString(1), owner.datasetId),
                row,
                rows.read("SELECT * FROM column_comments WHERE dataset_id = ?", owner.datasetId)));
        ordinals.put(owner.datasetId, datasets.size() - 1);
        return datasets.size() - 1;
    }

    private Manifest.Version version(long id, boolean asked) throws SQLException {
        Map<String, @Nullable Object> row = rows.read(VERSION, id).get(0);
        UUID uuid = UUID.fromString(String.valueOf(row.remove("uuid")));
        SemanticVersion version = SemanticVersion.parse(String.valueOf(row.remove("version")));
        boolean readable = asked && "COMPLETE".equals(row.get("state"));
        row.keySet().removeAll(Set.of("number", "state", "dropped_at", "purged_at"));
        List<DataFile> files = new ArrayList<>();
        List<String> statistics = new ArrayList<>();
        if (readable) {
            files.addAll(sql.list(
                    FILES,
                    file -> {
                        statistics.add(file.getString(5));
                        return new DataFile(
                                file.getString(1), file.getLong(2), file.getLong(3), file.getString(4), List.of());
                    },
                    id));
        }
        Map<String, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>();
        for (String table : BundleRows.OF_VERSIONS) {
            tables.put(table, rows.read("SELECT * FROM " + table + " WHERE version_id = ?", id));
        }
        String script = sql.first(SCRIPT, each -> each.getString(1), id).orElse(null);
        return new Manifest.Version(
                dataset(id, false), uuid, version, readable, row, script, files, statistics, tables);
    }
}
