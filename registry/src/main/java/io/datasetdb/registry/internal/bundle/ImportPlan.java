// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.internal.DatasetSql;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.VersionSql;
import io.datasetdb.registry.internal.ViewChanges;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an import does.
 *
 * @param names what each dataset of the manifest is called here
 * @param actions what happens to each version of the manifest
 */
public record ImportPlan(List<DatasetName> names, List<Action> actions) {
    /** What happens to a version. */
    public enum Action {
        /** It is here, as readable as it can be. */
        KEEP,
        /** It is here, and the bundle knows of what it was made from what is not known here. */
        AMEND,
        /** Its tombstone is here, and it becomes readable. */
        RESTORE,
        INSERT;

        /** Whether there may be files to copy. */
        boolean brings() {
            return this == RESTORE || this == INSERT;
        }
    }

    private record Known(long versionId, DatasetName name, boolean readable) {}

    private static final String BY_UUID = """
        SELECT v.version_id, n.name, p.name, d.name, v.state
        FROM versions v
        JOIN datasets d ON d.dataset_id = v.dataset_id
        JOIN projects p ON p.project_id = d.project_id
        JOIN namespaces n ON n.namespace_id = p.namespace_id
        WHERE v.uuid = ?\
        """;
    private static final String UUIDS = "SELECT uuid FROM versions WHERE dataset_id = ?";

    public ImportPlan {
        names = List.copyOf(names);
        actions = List.copyOf(actions);
    }

    /** Whether there is nothing to do. */
    public boolean isDone() {
        return actions.stream().allMatch(action -> action == Action.KEEP);
    }

    /**
     * Compares a manifest with the registry.
     *
     * @param newName what the one dataset that was asked for is to be called here, {@code null} for its own name
     */
    public static ImportPlan of(Sql sql, Manifest manifest, @Nullable DatasetName newName) throws SQLException {
        List<DatasetName> names = new ArrayList<>();
        for (Manifest.Dataset dataset : manifest.datasets()) {
            names.add(name(sql, dataset, dataset.asked() ? newName : null));
        }
        BundledLineage lineage = new BundledLineage(sql, manifest);
        List<Action> actions = new ArrayList<>();
        for (Manifest.Version version : manifest.versions()) {
            DatasetName name = names.get(version.dataset());
            Optional<Known> known = known(sql, version.uuid().toString());
            if (known.isEmpty()) {
                checkNumber(sql, name, version.version());
                actions.add(Action.INSERT);
            } else if (version.readable() && !known.get().readable) {
                actions.add(Action.RESTORE);
            } else {
                actions.add(lineage.knowsMore(version, known.get().versionId) ? Action.AMEND : Action.KEEP);
            }
            if (version.readable() && actions.get(actions.size() - 1).brings()) {
                ViewChanges.checkFree(
                        sql,
                        "import dataset "
                                + manifest.datasets().get(version.dataset()).name(),
                        "this",
                        name);
            }
        }
        return new ImportPlan(names, actions);
    }

    /** Two warehouses that deposit apart from each other give one number to different versions. */
    private static void checkNumber(Sql sql, DatasetName name, SemanticVersion number) throws SQLException {
        if (VersionSql.exact(sql, name, number).isPresent()) {
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_DATASET,
                    "Cannot import dataset " + name + ": its version " + number
                            + " is another one than that of the bundle, both were deposited since they parted (" + name
                            + "@" + number + ")");
        }
    }

    private static Optional<Known> known(Sql sql, String uuid) throws SQLException {
        return sql.first(
                BY_UUID,
                row -> new Known(
                        row.getLong(1),
                        new DatasetName(row.getString(2), row.getString(3), row.getString(4)),
                        row.getString(5).equals("COMPLETE")),
                uuid);
    }

    private static DatasetName name(Sql sql, Manifest.Dataset dataset, @Nullable DatasetName newName)
            throws SQLException {
        for (String uuid : dataset.history()) {
            Optional<Known> known = known(sql, uuid);
            if (known.isPresent()) {
                if (newName != null && !newName.equals(known.get().name)) {
                    throw conflict(dataset.name(), "it is here already under the name " + known.get().name, newName);
                }
                return known.get().name;
            }
        }
        DatasetName wanted = newName == null ? dataset.name() : newName;
        if (dataset.asked() && wanted.isSystem()) {
            throw conflict(dataset.name(), "the name is reserved for the system", wanted);
        }
        if (isFree(sql, wanted)) {
            return wanted;
        }
        if (dataset.asked()) {
            throw conflict(dataset.name(), "there is another dataset of this name, import it under a new one", wanted);
        }
        // Only its lineage counts, and what it is called here must not stand in the way of the others.
        return wanted.withName(
                wanted.name() + " (imported " + dataset.history().get(0).substring(0, 13) + ")");
    }

    private static boolean isFree(Sql sql, DatasetName name) throws SQLException {
        Optional<DatasetSql.Row> found = DatasetSql.find(sql, name);
        return found.isEmpty()
                || sql.list(UUIDS, row -> row.getString(1), found.get().id()).isEmpty();
    }

    private static DatasetDbException conflict(DatasetName name, String reason, DatasetName here) {
        return new DatasetDbException(
                RegistryError.DUPLICATE_DATASET, "Cannot import dataset " + name + ": " + reason + " (" + here + ")");
    }

    /** The versions that become readable, as they are called here. */
    public List<String> readable(Manifest manifest) {
        List<String> readable = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            Manifest.Version version = manifest.versions().get(i);
            if (version.readable() && actions.get(i).brings()) {
                SemanticVersion number = version.version();
                readable.add(names.get(version.dataset()) + "@" + number);
            }
        }
        return readable;
    }
}
