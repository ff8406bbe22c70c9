// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.Dataset;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.SystemTable;
import io.datasetdb.registry.SystemTables;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.registry.View;
import io.datasetdb.sql.SessionMetadata;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What exists, read off the registry at the moment of asking. */
public final class RegistryMetadata implements SessionMetadata {
    private final StatementContext context;
    private final Registry registry;
    private final FunctionLibrary functions;

    public RegistryMetadata(StatementContext context) {
        this.context = context;
        this.registry = context.registry();
        this.functions = context.functions();
    }

    @Override
    public List<String> namespaces() {
        List<String> result = new ArrayList<>(registry.namespaces());
        if (!result.contains(StatementCatalog.SYSTEM_NAMESPACE)) {
            result.add(StatementCatalog.SYSTEM_NAMESPACE);
        }
        return result;
    }

    @Override
    public List<Project> projects(@Nullable String namespacePattern, @Nullable String projectPattern) {
        List<Project> result = new ArrayList<>();
        registry.projects().forEach(known -> result.add(new Project(known.namespace(), known.name())));
        result.add(new Project(StatementCatalog.SYSTEM_NAMESPACE, StatementCatalog.SYSTEM_PROJECT));
        return result.stream()
                .filter(project -> LikePattern.matches(namespacePattern, project.namespace())
                        && LikePattern.matches(projectPattern, project.project()))
                .toList();
    }

    @Override
    public List<Table> tables(
            @Nullable String namespacePattern, @Nullable String projectPattern, @Nullable String namePattern) {
        List<Table> result = new ArrayList<>();
        for (Dataset dataset : registry.datasets()) {
            DatasetName name = dataset.name();
            if (LikePattern.matches(namespacePattern, name.namespace())
                    && LikePattern.matches(projectPattern, name.project())
                    && LikePattern.matches(namePattern, name.name())) {
                result.add(
                        new Table(name.namespace(), name.project(), name.name(), TableKind.TABLE, dataset.comment()));
            }
        }
        for (View view : registry.views()) {
            DatasetName name = view.name();
            if (LikePattern.matches(namespacePattern, name.namespace())
                    && LikePattern.matches(projectPattern, name.project())
                    && LikePattern.matches(namePattern, name.name())) {
                result.add(new Table(name.namespace(), name.project(), name.name(), TableKind.VIEW, view.comment()));
            }
        }
        systemTables(namespacePattern, projectPattern, namePattern)
                .map(RegistryMetadata::table)
                .forEach(result::add);
        result.sort(Comparator.comparing(Table::namespace)
                .thenComparing(Table::project)
                .thenComparing(Table::name));
        return result;
    }

    private static Stream<SystemTable> systemTables(
            @Nullable String namespacePattern, @Nullable String projectPattern, @Nullable String namePattern) {
        if (!LikePattern.matches(namespacePattern, StatementCatalog.SYSTEM_NAMESPACE)
                || !LikePattern.matches(projectPattern, StatementCatalog.SYSTEM_PROJECT)) {
            return Stream.empty();
        }
        return SystemTables.all().stream().filter(table -> LikePattern.matches(namePattern, table.name()));
    }

    private static Table table(SystemTable table) {
        return new Table(
                StatementCatalog.SYSTEM_NAMESPACE,
                StatementCatalog.SYSTEM_PROJECT,
                table.name(),
                TableKind.SYSTEM_TABLE,
                table.comment());
    }

    @Override
    public List<Column> columns(
            @Nullable String namespacePattern,
            @Nullable String projectPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        List<Column> result = new ArrayList<>();
        for (Table table : tables(namespacePattern, projectPattern, tablePattern)) {
            if (table.kind() == TableKind.SYSTEM_TABLE) {
                systemTables(null, null, table.name())
                        .filter(system -> system.name().equals(table.name()))
                        .forEach(system -> add(table, system.schema(), Map.of(), columnPattern, result));
            } else if (table.kind() == TableKind.VIEW) {
                DatasetName name = new DatasetName(table.namespace(), table.project(), table.name());
                ViewStatements.columns(context, name)
                        .ifPresent(schema -> add(table, schema, Map.of(), columnPattern, result));
            } else {
                DatasetName name = new DatasetName(table.namespace(), table.project(), table.name());
                Optional<Dataset> dataset = registry.dataset(name);
                registry.find(name, VersionSelector.LATEST)
                        .ifPresent(version -> add(
                                table,
                                version.schema(),
                                dataset.map(Dataset::columnComments).orElse(Map.of()),
                                columnPattern,
                                result));
            }
        }
        return result;
    }

    private static void add(
            Table table,
            Schema schema,
            Map<String, String> comments,
            @Nullable String columnPattern,
            List<Column> result) {
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            if (LikePattern.matches(columnPattern, field.name())) {
                String comment = comments.get(DatasetName.key(field.name()));
                result.add(new Column(table, field, i + 1, comment));
            }
        }
    }

    @Override
    public List<String> functions() {
        return Stream.concat(
                        functions.allScalars().stream().map(ScalarFunction::name),
                        functions.allTables().stream().map(TableFunction::name))
                .distinct()
                .sorted()
                .toList();
    }
}
