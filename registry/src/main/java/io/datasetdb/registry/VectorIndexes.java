// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.internal.Database;
import io.datasetdb.registry.internal.DatasetSql;
import io.datasetdb.registry.internal.DraftSql;
import io.datasetdb.registry.internal.Leases;
import io.datasetdb.registry.internal.Names;
import io.datasetdb.registry.internal.VectorIndexSql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The vector indexes of a registry: which there are, and the way to a new one. Safe for any number of threads. */
public final class VectorIndexes {
    private final Registry registry;
    private final Database database;

    VectorIndexes(Registry registry) {
        this.registry = registry;
        this.database = registry.database();
    }

    /** The indexes of a dataset; empty if there is no such dataset. */
    public List<VectorIndex> of(DatasetName name) {
        return database.query("find vector indexes of " + name, sql -> {
            Optional<DatasetSql.Row> dataset = DatasetSql.find(sql, name);
            return dataset.isEmpty()
                    ? List.<VectorIndex>of()
                    : VectorIndexSql.ofDataset(sql, dataset.get().id());
        });
    }

    /** The paths of data files whose vectors an index has, or of which it is known that it has no use for them. */
    public Set<String> indexed(VectorIndex index) {
        return database.query("find files of a vector index", sql -> VectorIndexSql.indexed(sql, index));
    }

    /** Begins an index, which nobody sees before it is committed; whoever begins it closes it. */
    public VectorIndexDraft begin(DatasetName name, String column) {
        UUID uuid = registry.uuids().next();
        database.write("create vector index on " + name, sql -> {
            VectorIndexDraft.checkNew(sql, Names.dataset(sql, name).id(), name, column);
            DraftSql.insert(sql, uuid, name, Registry.process(), Leases.end());
            return true;
        });
        registry.leases().addDraft(uuid.toString());
        return new VectorIndexDraft(registry, name, column, uuid);
    }

    /**
     * Ends the index of a column.
     *
     * @return files and folders that are given up by this, to be {@link Registry#remove}d
     */
    public List<String> drop(DatasetName name, String column) {
        return database.write("drop vector index on " + name, sql -> {
            long datasetId = Names.dataset(sql, name).id();
            Optional<VectorIndex> index = VectorIndexSql.find(sql, datasetId, column);
            if (index.isEmpty()) {
                List<String> columns = VectorIndexSql.ofDataset(sql, datasetId).stream()
                        .map(VectorIndex::column)
                        .toList();
                String hint = NearestName.of(column, columns)
                        .map(nearest -> ", did you mean " + nearest + "?")
                        .orElse("");
                throw new DatasetDbException(
                        RegistryError.UNDEFINED_INDEX,
                        "Cannot drop vector index: dataset " + name + " has none on this column" + hint + " (" + column
                                + ")");
            }
            return VectorIndexSql.drop(sql, index.get());
        });
    }
}
