// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.View;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes of views, with their rules. Each runs inside a transaction. */
public final class ViewChanges {
    private ViewChanges() {}

    public static void create(Sql sql, View view, boolean replace) throws SQLException {
        DatasetName name = view.name();
        boolean isRegistry = DatasetName.key(name.project()).equals(DatasetName.REGISTRY_PROJECT);
        if (name.isSystem() || isRegistry) {
            throw NameChanges.reserved("create view", name.toString());
        }
        long projectId = Names.project(sql, name);
        if (isDataset(sql, name)) {
            throw duplicate("create view " + name, "there is a dataset of this name", name);
        }
        if (!replace && ViewSql.find(sql, name).isPresent()) {
            throw duplicate("create view", "it exists already", name);
        }
        ViewSql.save(sql, projectId, view);
    }

    public static void drop(Sql sql, DatasetName name) throws SQLException {
        View view = view(sql, name);
        ViewSql.delete(sql, Names.project(sql, name), view.name().name());
    }

    public static void rename(Sql sql, DatasetName from, DatasetName to) throws SQLException {
        View view = view(sql, from);
        long projectId = Names.project(sql, to);
        if (to.isSystem()) {
            throw NameChanges.reserved("rename view", to.toString());
        }
        if (isDataset(sql, to)) {
            throw duplicate("rename view " + from, "there is a dataset of the new name", to);
        }
        if (!from.equals(to) && ViewSql.find(sql, to).isPresent()) {
            throw duplicate("rename view " + from, "there is a view of the new name", to);
        }
        ViewSql.rename(sql, Names.project(sql, from), view.name().name(), projectId, to.name());
    }

    public static void setComment(Sql sql, DatasetName name, @Nullable String comment) throws SQLException {
        View view = view(sql, name);
        ViewSql.setComment(sql, Names.project(sql, name), view.name().name(), comment);
    }

    /** Fails if a view has this name, which a dataset is about to get; {@code action} completes "Cannot …". */
    public static void checkFree(Sql sql, String action, String which, DatasetName name) throws SQLException {
        if (ViewSql.find(sql, name).isPresent()) {
            throw duplicate(action, "there is a view of " + which + " name", name);
        }
    }

    private static boolean isDataset(Sql sql, DatasetName name) throws SQLException {
        return DatasetSql.find(sql, name)
                .filter(found -> found.latestVersionId() != null)
                .isPresent();
    }

    private static DatasetDbException duplicate(String action, String reason, DatasetName name) {
        return new DatasetDbException(
                RegistryError.DUPLICATE_DATASET, "Cannot " + action + ": " + reason + " (" + name + ")");
    }

    private static View view(Sql sql, DatasetName name) throws SQLException {
        Optional<View> found = ViewSql.find(sql, name);
        if (found.isPresent()) {
            return found.get();
        }
        long projectId = Names.project(sql, name);
        if (isDataset(sql, name)) {
            throw new DatasetDbException(
                    RegistryError.WRONG_OBJECT, "Cannot find view: it is a dataset and no view (" + name + ")");
        }
        String hint = NearestName.of(name.name(), ViewSql.names(sql, projectId))
                .map(nearest -> ", did you mean " + nearest + "?")
                .orElse("");
        throw new DatasetDbException(
                RegistryError.UNDEFINED_DATASET,
                "Cannot find view: there is none of this name" + hint + " (" + name + ")");
    }
}
