// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.FunctionDefinition;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes of names and metadata, with their rules. Each runs inside a transaction. */
public final class NameChanges {
    private static final int NAMES_IN_MESSAGE = 5;

    private NameChanges() {}

    /** The error of a change to what belongs to the system; {@code action} completes "Cannot …". */
    public static DatasetDbException reserved(String action, String name) {
        return new DatasetDbException(
                RegistryError.RESERVED_NAME,
                "Cannot " + action + ": the name is reserved for the system (" + name + ")");
    }

    public static void createNamespace(Sql sql, String namespace) throws SQLException {
        DatasetName.checkPart("namespace", namespace);
        // registry.x is a system table from everywhere, so that a namespace of that name could not be reached.
        String key = DatasetName.key(namespace);
        if (key.equals(DatasetName.SYSTEM_NAMESPACE) || key.equals(DatasetName.REGISTRY_PROJECT)) {
            throw reserved("create namespace", namespace);
        }
        if (NamespaceSql.find(sql, namespace).isPresent()) {
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_NAMESPACE,
                    "Cannot create namespace: it exists already (" + namespace + ")");
        }
        NamespaceSql.create(sql, namespace);
    }

    public static void createProject(Sql sql, String namespace, String project) throws SQLException {
        DatasetName.checkPart("project", project);
        String name = namespace + "." + project;
        if (DatasetName.key(project).equals(DatasetName.REGISTRY_PROJECT)
                || DatasetName.key(namespace).equals(DatasetName.SYSTEM_NAMESPACE)) {
            throw reserved("create project", name);
        }
        long namespaceId = Names.namespace(sql, namespace);
        if (ProjectSql.find(sql, namespaceId, project).isPresent()) {
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_PROJECT, "Cannot create project: it exists already (" + name + ")");
        }
        ProjectSql.create(sql, namespaceId, project);
    }

    public static void dropNamespace(Sql sql, String namespace) throws SQLException {
        String key = DatasetName.key(namespace);
        if (key.equals(DatasetName.SYSTEM_NAMESPACE) || key.equals(DatasetName.DEFAULT_NAMESPACE)) {
            throw reserved("drop namespace", namespace);
        }
        long namespaceId = Names.namespace(sql, namespace);
        List<String> projects = ProjectSql.names(sql, namespaceId);
        if (!projects.isEmpty()) {
            throw notEmpty("namespace " + namespace, "projects", projects);
        }
        NamespaceSql.drop(sql, namespaceId);
    }

    public static void dropProject(Sql sql, String namespace, String project) throws SQLException {
        String name = namespace + "." + project;
        boolean isDefault = DatasetName.key(namespace).equals(DatasetName.DEFAULT_NAMESPACE)
                && DatasetName.key(project).equals(DatasetName.DEFAULT_PROJECT);
        if (isDefault || DatasetName.key(namespace).equals(DatasetName.SYSTEM_NAMESPACE)) {
            throw reserved("drop project", name);
        }
        long projectId = Names.project(sql, namespace, project);
        List<String> datasets = DatasetSql.names(sql, projectId);
        if (!datasets.isEmpty()) {
            throw notEmpty("project " + name, "datasets", datasets);
        }
        List<String> views = ViewSql.names(sql, projectId);
        if (!views.isEmpty()) {
            throw notEmpty("project " + name, "views", views);
        }
        ProjectSql.drop(sql, projectId);
    }

    private static DatasetDbException notEmpty(String what, String kind, List<String> contents) {
        String named = contents.stream().limit(NAMES_IN_MESSAGE).collect(Collectors.joining(", "));
        int more = contents.size() - NAMES_IN_MESSAGE;
        return new DatasetDbException(
                RegistryError.NOT_EMPTY,
                "Cannot drop " + what + ": it still has " + kind + " (" + named
                        + (more > 0 ? " and " + more + " more" : "") + ")");
    }

    public static void rename(Sql sql, DatasetName from, DatasetName to) throws SQLException {
        if (from.isSystem() || to.isSystem()) {
            throw reserved("rename dataset", (from.isSystem() ? from : to).toString());
        }
        DatasetSql.Row dataset = Names.dataset(sql, from);
        long projectId = Names.project(sql, to);
        Optional<DatasetSql.Row> taken = DatasetSql.find(sql, to).filter(other -> other.id() != dataset.id());
        if (taken.isPresent()) {
            String reason = taken.get().latestVersionId() == null
                    ? "the new name belongs to dropped versions, whose numbers and lineage stay"
                    : "there is a dataset of the new name";
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_DATASET, "Cannot rename dataset " + from + ": " + reason + " (" + to + ")");
        }
        ViewChanges.checkFree(sql, "rename dataset " + from, "the new", to);
        DatasetSql.rename(sql, dataset.id(), projectId, to.name());
    }

    public static void setColumnComment(Sql sql, DatasetName name, String column, @Nullable String comment)
            throws SQLException {
        DatasetSql.Row dataset = Names.dataset(sql, name);
        Schema schema = ColumnSql.schema(sql, Objects.requireNonNull(dataset.latestVersionId()));
        if (schema.indexOf(column) < 0) {
            String hint = NearestName.of(
                            column, schema.fields().stream().map(Field::name).toList())
                    .map(nearest -> ", did you mean " + nearest + "?")
                    .orElse("");
            throw new DatasetDbException(
                    RegistryError.UNDEFINED_COLUMN,
                    "Cannot find column: dataset " + name + " has none of this name" + hint + " (" + column + ")");
        }
        DatasetSql.setColumnComment(sql, dataset.id(), column, comment);
    }

    public static void createFunction(Sql sql, FunctionDefinition function, boolean replace) throws SQLException {
        if (replace) {
            FunctionSql.delete(sql, function.name(), function.signature());
        }
        if (!FunctionSql.insert(sql, function)) {
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_FUNCTION,
                    "Cannot create function: it exists already (" + function.name() + function.signature() + ")");
        }
    }

    public static void createFunctions(Sql sql, List<FunctionDefinition> forms, boolean replace) throws SQLException {
        String name = forms.get(0).name();
        if (replace) {
            FunctionSql.delete(sql, name);
        } else if (FunctionSql.all(sql).stream()
                .anyMatch(known -> DatasetName.key(known.name()).equals(DatasetName.key(name)))) {
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_FUNCTION, "Cannot create function: it exists already (" + name + ")");
        }
        for (FunctionDefinition form : forms) {
            createFunction(sql, form, false);
        }
    }

    public static void dropFunction(Sql sql, String name) throws SQLException {
        if (FunctionSql.delete(sql, name) == 0) {
            String hint = NearestName.of(
                            name,
                            FunctionSql.all(sql).stream()
                                    .map(FunctionDefinition::name)
                                    .toList())
                    .map(nearest -> ", did you mean " + nearest + "?")
                    .orElse("");
            throw new DatasetDbException(
                    RegistryError.UNDEFINED_FUNCTION,
                    "Cannot find function: there is none of this name" + hint + " (" + name + ")");
        }
    }
}
