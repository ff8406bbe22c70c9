// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.CatalogColumn;
import io.datasetdb.registry.CatalogEntry;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.NamePattern;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.SystemTable;
import io.datasetdb.registry.SystemTables;
import io.datasetdb.registry.View;
import io.datasetdb.sql.SessionMetadata;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        NamePattern namespace = NamePattern.of(namespacePattern);
        NamePattern project = NamePattern.of(projectPattern);
        List<Project> result = new ArrayList<>();
        registry.projects().forEach(known -> result.add(new Project(known.namespace(), known.name())));
        result.add(new Project(StatementCatalog.SYSTEM_NAMESPACE, StatementCatalog.SYSTEM_PROJECT));
        return result.stream()
                .filter(known -> namespace.matches(known.namespace()) && project.matches(known.project()))
                .toList();
    }

    /** The names that three patterns match. */
    private record Names(NamePattern namespace, NamePattern project, NamePattern name) {
        static Names of(@Nullable String namespace, @Nullable String project, @Nullable String name) {
            return new Names(NamePattern.of(namespace), NamePattern.of(project), NamePattern.of(name));
        }

        boolean matches(DatasetName known) {
            return namespace.matches(known.namespace())
                    && project.matches(known.project())
                    && name.matches(known.name());
        }
    }

    @Override
    public List<Table> tables(
            @Nullable String namespacePattern, @Nullable String projectPattern, @Nullable String namePattern) {
        Names names = Names.of(namespacePattern, projectPattern, namePattern);
        List<Table> result = new ArrayList<>();
        registry.catalog(names.namespace, names.project, names.name)
                .forEach(entry -> result.add(table(entry.name(), TableKind.TABLE, entry.comment())));
        views(names).forEach(view -> result.add(table(view.name(), TableKind.VIEW, view.comment())));
        systemTables(names).map(RegistryMetadata::table).forEach(result::add);
        result.sort(Comparator.comparing(Table::namespace)
                .thenComparing(Table::project)
                .thenComparing(Table::name));
        return result;
    }

    private Stream<View> views(Names names) {
        return registry.views().stream().filter(view -> names.matches(view.name()));
    }

    private static Table table(DatasetName name, TableKind kind, @Nullable String comment) {
        return new Table(name.namespace(), name.project(), name.name(), kind, comment);
    }

    private static Stream<SystemTable> systemTables(Names names) {
        return names.namespace.matches(StatementCatalog.SYSTEM_NAMESPACE)
                        && names.project.matches(StatementCatalog.SYSTEM_PROJECT)
                ? SystemTables.all().stream().filter(table -> names.name.matches(table.name()))
                : Stream.empty();
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
        Names names = Names.of(namespacePattern, projectPattern, tablePattern);
        NamePattern columns = NamePattern.of(columnPattern);
        List<Column> result = new ArrayList<>();
        for (CatalogColumn column : registry.catalogColumns(names.namespace, names.project, names.name)) {
            CatalogEntry dataset = column.dataset();
            Table table = table(dataset.name(), TableKind.TABLE, dataset.comment());
            result.add(new Column(table, column.field(), column.ordinal(), column.comment()));
        }
        views(names)
                .forEach(view -> ViewStatements.columns(context, view.name())
                        .ifPresent(schema -> add(table(view.name(), TableKind.VIEW, view.comment()), schema, result)));
        systemTables(names).forEach(system -> add(table(system), system.schema(), result));
        return result.stream()
                .filter(column -> columns.matches(column.field().name()))
                .toList();
    }

    private static void add(Table table, Schema schema, List<Column> result) {
        for (int i = 0; i < schema.size(); i++) {
            result.add(new Column(table, schema.field(i), i + 1, null));
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
