// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import java.util.List;

/** The list of system tables. */
public final class TableDefinitions {
    public static final List<TableDefinition> ALL = List.of(
            new DatasetsTable(),
            new VersionsTable(),
            new ColumnsTable(),
            new DependenciesTable(),
            new ColumnLineageTable(),
            new MetricsTable(),
            new ParamsTable(),
            new FunctionsTable(),
            new FunctionUsesTable(),
            new FilesTable(),
            new JobsTable(),
            new QueriesTable(),
            new NamespacesTable(),
            new ProjectsTable(),
            new ListingsTable(),
            new RetentionTable(),
            new VectorIndexesTable(),
            new ViewsTable());

    private TableDefinitions() {}
}
