// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "NAME[@V]", description = "namespace.project.name, project.name or name; V like 1.0.0")
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

    /** One version of a dataset. */
    record Version(String namespace, String project, String name, String version) {
        int[] numbers() {
            return Arrays.stream(version.split("\\."))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        }
    }

    ShowCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (Connection connection = place.connectToExisting()) {
            Version version = find(connection);
            boolean all = !schema && !script && !lineage && !stats;
            if (all) {
                section(
                        connection,
                        version,
                        "version",
                        "namespace, project, name, version, state, row_count, byte_size,"
                                + " file_count, author, created_at, duration_ms",
                        "registry.versions",
                        "");
            }
            if (all || schema) {
                section(
                        connection,
                        version,
                        "schema",
                        "column_name, data_type, nullable, comment",
                        "registry.columns",
                        " ORDER BY ordinal_position");
            }
            if (all || lineage) {
                section(
                        connection,
                        version,
                        "lineage",
                        "kind, parent_namespace, parent_project, parent_name, parent_version, uri",
                        "registry.dependencies",
                        " ORDER BY kind, parent_namespace, parent_project, parent_name, uri");
            }
            if (stats) {
                section(
                        connection,
                        version,
                        "stats",
                        "column_name, data_type, null_count, min_value, max_value, distinct_estimate",
                        "registry.columns",
                        " ORDER BY ordinal_position");
            }
            if (all || script) {
                script(connection, version);
            }
        }
        return 0;
    }

    private Version find(Connection connection) throws SQLException {
        int at = name.indexOf('@');
        String wanted = at < 0 ? null : name.substring(at + 1);
        String[] parts = (at < 0 ? name : name.substring(0, at)).split("\\.");
        String dataset = parts[parts.length - 1];
        String project = parts.length > 1 ? parts[parts.length - 2] : connection.getSchema();
        String namespace = parts.length > 2 ? parts[parts.length - 3] : connection.getCatalog();
        try (PreparedStatement statement = connection.prepareStatement("SELECT namespace, project, name, version FROM"
                + " registry.versions WHERE lower(namespace) = ? AND lower(project) = ? AND lower(name) = ?"
                + " AND state = 'COMPLETE'")) {
            statement.setString(1, namespace.toLowerCase(Locale.ROOT));
            statement.setString(2, project.toLowerCase(Locale.ROOT));
            statement.setString(3, dataset.toLowerCase(Locale.ROOT));
            List<Version> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Version(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
            Optional<Version> newest = found.stream()
                    .filter(version -> wanted == null || (version.version() + ".").startsWith(wanted + "."))
                    .max((one, other) -> Arrays.compare(one.numbers(), other.numbers()));
            if (newest.isPresent()) {
                return newest.get();
            }
        }
        suggest(connection, namespace, project, dataset);
        throw Failures.of(
                "Cannot show " + namespace + "." + project + "." + dataset + ": there is no such "
                        + (wanted == null ? "dataset" : "version (" + wanted + ")"),
                "42P01",
                null);
    }

    /** Fails as a statement would that names this dataset, which suggests the nearest name; returns if there is one. */
    private static void suggest(Connection connection, String namespace, String project, String dataset)
            throws SQLException {
        String quoted = Stream.of(namespace, project, dataset)
                .map(part -> '"' + part.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
        try {
            connection.prepareStatement("SELECT * FROM " + quoted).close();
        } catch (SQLException e) {
            String sentence = String.valueOf(e.getMessage()).replaceFirst(" \\(at line 1, column \\d+\\)$", "");
            throw Failures.of(sentence, e.getSQLState(), e);
        }
    }

    private void section(
            Connection connection, Version version, String title, String columns, String table, String order)
            throws SQLException {
        PrintStream out = terminal.out();
        try (PreparedStatement statement = select(connection, version, columns, table, order);
                ResultSet rows = statement.executeQuery()) {
            if (json) {
                ResultWriter.Format.JSON.writer().write(rows, out);
            } else {
                out.println("-- " + title);
                ResultWriter.Format.TABLE.writer().write(rows, out);
                out.println();
            }
        }
    }

    private static PreparedStatement select(
            Connection connection, Version version, String columns, String table, String order) throws SQLException {
        PreparedStatement statement = connection.prepareStatement("SELECT " + columns + " FROM " + table
                + " WHERE namespace = ? AND project = ? AND name = ? AND version = ?" + order);
        statement.setString(1, version.namespace());
        statement.setString(2, version.project());
        statement.setString(3, version.name());
        statement.setString(4, version.version());
        return statement;
    }

    private void script(Connection connection, Version version) throws SQLException {
        if (json) {
            section(connection, version, "script", "statement, script_name, script", "registry.versions", "");
            return;
        }
        PrintStream out = terminal.out();
        try (PreparedStatement statement =
                        select(connection, version, "statement, script_name, script", "registry.versions", "");
                ResultSet rows = statement.executeQuery()) {
            if (rows.next()) {
                out.println("-- statement");
                out.println(rows.getString(1));
                @Nullable String text = rows.getString(3);
                if (text != null) {
                    out.println("-- script " + rows.getString(2));
                    out.println(text);
                }
            }
        }
    }
}
