// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.internal.DataFolders;
import io.datasetdb.registry.internal.DatasetSql;
import io.datasetdb.registry.internal.DraftSql;
import io.datasetdb.registry.internal.Names;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.VectorIndexSql;
import io.datasetdb.registry.internal.VersionLookup;
import io.datasetdb.registry.internal.Warehouse;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A vector index in the making: has a folder of its own, which is safe from being collected as long as this process lives, and
 * becomes the dataset's by {@link #commit}, or never. For one thread.
 */
public final class VectorIndexDraft implements AutoCloseable {
    private final Registry registry;
    private final DatasetName name;
    private final String column;
    private final UUID uuid;
    private boolean committed;

    /** Whether a commit was tried: one that failed may all the same have reached the disk. */
    private boolean outcomeUnknown;

    VectorIndexDraft(Registry registry, DatasetName name, String column, UUID uuid) {
        this.registry = registry;
        this.name = name;
        this.column = column;
        this.uuid = uuid;
    }

    /** Where its files go, relative to the warehouse: {@code data/<uuid>}. Not created yet. */
    public String folder() {
        return Warehouse.DATA + "/" + uuid;
    }

    /**
     * Makes the index the dataset's, durable when this returns.
     *
     * @param files in {@link #folder()}, each once
     * @param seen the paths of all data files that were looked at
     * @throws DatasetDbException {@link RegistryError#CONFLICT} if the dataset's latest version has other files by now, after
     *     which it may be tried again
     */
    public void commit(List<VectorIndexFile> files, Set<String> seen, String author) {
        outcomeUnknown = true;
        registry.database().write("create vector index on " + name, sql -> {
            DatasetSql.Row dataset = Names.dataset(sql, name);
            checkNew(sql, dataset.id(), name, column);
            List<String> latest = VectorIndexSql.dataFiles(
                    sql,
                    new VersionLookup(name, VersionSelector.LATEST).resolve(sql).id());
            if (!seen.containsAll(latest)) {
                outcomeUnknown = false;
                throw new DatasetDbException(
                        RegistryError.CONFLICT,
                        "Cannot create vector index: another version of the dataset was deposited meanwhile (" + name
                                + ")");
            }
            if (!DraftSql.delete(sql, uuid)) {
                throw new DatasetDbException(
                        RegistryError.DRAFT_GONE,
                        "Cannot create vector index: it was given up because its lease had run out (" + name + ")");
            }
            VectorIndex index = VectorIndexSql.insert(sql, dataset.id(), column, author);
            VectorIndexSql.insertFiles(
                    sql,
                    files.stream()
                            .map(file -> new VectorIndexFile(index, file.dataPath(), file.rowCount(), file.file()))
                            .toList());
            return true;
        });
        committed = true;
        registry.leases().removeDraft(uuid.toString());
    }

    /** Fails if the column has an index. */
    static void checkNew(Sql sql, long datasetId, DatasetName name, String column) throws SQLException {
        if (VectorIndexSql.find(sql, datasetId, column).isPresent()) {
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_INDEX,
                    "Cannot create vector index: dataset " + name + " has one on this column already (" + column + ")");
        }
    }

    /** Gives the index up, with its files, unless it was committed. What cannot be removed now is collected later. */
    @Override
    public void close() {
        if (committed) {
            return;
        }
        committed = true;
        registry.leases().removeDraft(uuid.toString());
        try {
            boolean isOwned = outcomeUnknown
                    && registry.database().query("find vector index", sql -> VectorIndexSql.holdsFiles(sql, folder()));
            if (!isOwned) {
                new DataFolders(registry.root()).delete(folder());
                registry.database().write("give up vector index on " + name, sql -> DraftSql.delete(sql, uuid));
            }
        } catch (DatasetDbException e) {
            // Its lease runs out by itself.
            System.getLogger(VectorIndexDraft.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }
}
