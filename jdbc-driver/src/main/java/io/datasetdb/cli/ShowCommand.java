// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
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
    record Version(String namespace, String project, String name, String version) {}

    ShowCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (Connection connection = place.connect(new Properties())) {
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
                + " AND state = 'COMPLETE' ORDER BY created_at DESC")) {
            statement.setString(1, namespace.toLowerCase(Locale.ROOT));
            statement.setString(2, project.toLowerCase(Locale.ROOT));
            statement.setString(3, dataset.toLowerCase(Locale.ROOT));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Version found =
                            new Version(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
                    if (wanted == null || wanted.equals(found.version())) {
                        return found;
                    }
                }
            }
        }
        throw Failures.of(
                "Cannot show " + namespace + "." + project + "." + dataset + ": there is no such "
                        + (wanted == null ? "dataset" : "version (" + wanted + ")"),
                "42P01",
                null);
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
