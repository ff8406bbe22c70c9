// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the registry knows of one version of a dataset. */
@Command(
        name = "show",
        description = "Show a dataset: its latest version, or NAME@V; with no option, everything.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    private static final Schema VERSION = Schema.of(
            Field.required("namespace", DataType.VARCHAR),
            Field.required("project", DataType.VARCHAR),
            Field.required("name", DataType.VARCHAR),
            Field.required("version", DataType.VARCHAR),
            Field.required("state", DataType.VARCHAR),
            Field.required("row_count", DataType.BIGINT),
            Field.required("byte_size", DataType.BIGINT),
            Field.required("file_count", DataType.BIGINT),
            Field.required("author", DataType.VARCHAR),
            Field.required("created_at", DataType.TIMESTAMP),
            Field.required("duration_ms", DataType.BIGINT));
    private static final Schema DATASET = Schema.of(
            Field.required("version_count", DataType.BIGINT),
            Field.required("updated_at", DataType.TIMESTAMP),
            Field.required("labels", DataType.map(DataType.VARCHAR, DataType.VARCHAR)),
            Field.of("comment", DataType.VARCHAR));
    private static final Schema COLUMNS = Schema.of(
            Field.required("column_name", DataType.VARCHAR),
            Field.required("data_type", DataType.VARCHAR),
            Field.required("nullable", DataType.BOOLEAN),
            Field.of("comment", DataType.VARCHAR));
    private static final Schema STATISTICS = Schema.of(
            Field.required("column_name", DataType.VARCHAR),
            Field.required("data_type", DataType.VARCHAR),
            Field.of("null_count", DataType.BIGINT),
            Field.of("min_value", DataType.VARCHAR),
            Field.of("max_value", DataType.VARCHAR),
            Field.of("distinct_estimate", DataType.BIGINT));
    private static final Schema DEPENDENCIES = Schema.of(
            Field.required("kind", DataType.VARCHAR),
            Field.of("parent_namespace", DataType.VARCHAR),
            Field.of("parent_project", DataType.VARCHAR),
            Field.of("parent_name", DataType.VARCHAR),
            Field.of("parent_version", DataType.VARCHAR),
            Field.of("uri", DataType.VARCHAR));
    private static final Schema METRICS =
            Schema.of(Field.required("metric", DataType.VARCHAR), Field.required("metric_value", DataType.DOUBLE));
    private static final Schema PARAMS = Schema.of(
            Field.required("param", DataType.VARCHAR),
            Field.of("param_value", DataType.VARCHAR),
            Field.required("origin", DataType.VARCHAR));
    private static final Schema SCRIPT = Schema.of(
            Field.of("statement", DataType.VARCHAR),
            Field.of("script_name", DataType.VARCHAR),
            Field.of("script", DataType.VARCHAR));

    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Parameters(
            paramLabel = NameArgument.LABEL,
            description = "namespace.project.name, project.name or name; V like 1.0.0, 1 or '>=1.0,<2.0'")
    private String name = "";

    @Option(names = "--schema", description = "The columns.")
    private boolean schema;

    @Option(names = "--script", description = "The statement and the script that made it, as they were.")
    private boolean script;

    @Option(names = "--lineage", description = "What it was made from.")
    private boolean lineage;

    @Option(names = "--stats", description = "The columns' statistics.")
    private boolean stats;

    @Option(names = "--json", description = "JSON objects, a line each.")
    private boolean json;

    ShowCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (Catalog catalog = place.catalog()) {
            Catalog.Found version = catalog.find(NameArgument.parse(name, catalog));
            boolean all = Stream.of(schema, script, lineage, stats).noneMatch(asked -> asked);
            if (all) {
                section(catalog, version, "version", VERSION, "versions", "version");
                List<List<@Nullable Object>> dataset = catalog.rows("datasets", DATASET, key(version), "name");
                if (!dataset.isEmpty()) {
                    write("dataset", DATASET, dataset);
                }
            }
            if (all || schema) {
                section(catalog, version, "schema", COLUMNS, "columns", "ordinal_position");
            }
            if (all || lineage) {
                section(
                        catalog,
                        version,
                        "lineage",
                        DEPENDENCIES,
                        "dependencies",
                        "kind, parent_namespace, parent_project, parent_name, uri");
            }
            if (stats) {
                section(catalog, version, "stats", STATISTICS, "columns", "ordinal_position");
            }
            if (all) {
                sectionIfAny(catalog, version, "metrics", METRICS, "metrics", "metric");
                sectionIfAny(catalog, version, "params", PARAMS, "params", "param");
            }
            if (all || script) {
                script(catalog, version);
            }
        }
        return 0;
    }

    private static List<List<@Nullable Object>> rows(
            Catalog catalog, Catalog.Found version, Schema columns, String table, String order) throws SQLException {
        Map<String, String> key = new LinkedHashMap<>(key(version));
        key.put("version", version.version());
        return catalog.rows(table, columns, key, order);
    }

    private static Map<String, String> key(Catalog.Found version) {
        return Map.of(
                "namespace", version.name().namespace(),
                "project", version.name().project(),
                "name", version.name().name());
    }

    private void sectionIfAny(
            Catalog catalog, Catalog.Found version, String title, Schema columns, String table, String order)
            throws SQLException {
        List<List<@Nullable Object>> rows = rows(catalog, version, columns, table, order);
        if (!rows.isEmpty()) {
            write(title, columns, rows);
        }
    }

    private void section(
            Catalog catalog, Catalog.Found version, String title, Schema columns, String table, String order)
            throws SQLException {
        write(title, columns, rows(catalog, version, columns, table, order));
    }

    private void write(String title, Schema columns, List<List<@Nullable Object>> rows) throws SQLException {
        if (json) {
            terminal.write(true, columns, rows);
        } else {
            terminal.out().println("-- " + title);
            terminal.write(false, columns, rows);
            terminal.out().println();
        }
    }

    private void script(Catalog catalog, Catalog.Found version) throws SQLException {
        List<List<@Nullable Object>> rows = rows(catalog, version, SCRIPT, "versions", "version");
        if (json) {
            terminal.write(true, SCRIPT, rows);
            return;
        }
        PrintStream out = terminal.out();
        for (List<@Nullable Object> row : rows) {
            if (row.get(0) != null) {
                out.println("-- statement");
                out.println(row.get(0));
            }
            if (row.get(2) != null) {
                out.println("-- script" + (row.get(1) == null ? "" : " " + row.get(1)));
                out.println(row.get(2));
            }
        }
    }
}
