// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The main job in one page: list files, deposit, query, see from what each dataset was made. */
@Command(
        name = "demo",
        description = "Show on real files what this is, in a temporary warehouse that is kept.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Whose files to list. Default: this checkout.")
    private @Nullable Path folder;

    DemoCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = terminal.out();
        Path files = folder();
        Path warehouse = Files.createTempDirectory("datasetdb-demo-");
        out.println("A warehouse is a folder: " + warehouse + " (temporary, but kept)");
        try (Connection connection = Place.connect("jdbc:datasetdb:" + warehouse, new Properties())) {
            tell(connection, files);
        }
        out.println("The warehouse is still there. Open it in the shell:");
        out.println("  " + System.getProperty("datasetdb.command", "./datasetdb") + " sql --warehouse " + warehouse);
        return 0;
    }

    /** The folder given, else the one that the launcher says the checkout is in, else the current one. */
    private Path folder() throws IOException, SQLException {
        Path chosen = folder != null ? folder : Path.of(System.getProperty("datasetdb.home", "."));
        if (!Files.isDirectory(chosen)) {
            throw io.datasetdb.jdbc.internal.Failures.of(
                    "Cannot list " + chosen + ": it is not a folder", "58P01", null);
        }
        return chosen.toRealPath();
    }

    private void tell(Connection connection, Path files) throws SQLException {
        deposit(
                connection,
                "List the files below " + files + " and keep the list.",
                "CREATE DATASET files AS\nSELECT file FROM TABLE(list_storage('"
                        + files.toString().replace("'", "''") + "'))");
        query(connection, "`file` is a ROW; a dot reaches into it.", """
                SELECT f.file.path, f.file.size FROM files AS f ORDER BY f.file.size DESC LIMIT 3""");
        deposit(connection, "Compute, and keep what was computed. ORDER BY is the stored order.", """
                CREATE DATASET by_extension COMMENT 'what kinds of files there are' AS
                SELECT file_ext(f.file.path) AS ext, count(*) AS files, sum(f.file.size) AS total
                FROM files AS f WHERE f.file.size > 0
                GROUP BY file_ext(f.file.path) ORDER BY total DESC""");
        query(connection, null, "SELECT * FROM by_extension LIMIT 5");
        deposit(connection, "Join the two: how much of each kind is its largest file?", """
                CREATE DATASET largest AS
                SELECT e.ext, e.files, max(f.file.size) AS largest, max(f.file.size) * 100 / e.total AS percent
                FROM by_extension AS e JOIN files AS f ON e.ext = file_ext(f.file.path)
                WHERE f.file.size > 0
                GROUP BY e.ext, e.files, e.total ORDER BY largest DESC""");
        query(connection, null, "SELECT * FROM largest LIMIT 5");
        deposit(connection, "The same name again is a new version; the old one stays.", """
                CREATE OR REPLACE DATASET by_extension AS
                SELECT ext, files, total FROM by_extension WHERE files > 1 ORDER BY total DESC""");
        query(connection, null, """
                SELECT 'now' AS version, count(*) AS kinds FROM by_extension
                UNION ALL SELECT '1.0.0', count(*) FROM by_extension FOR VERSION AS OF '1.0.0'""");
        query(
                connection,
                "Nobody wrote down what was made from what; the registry knows, because the statements ran.",
                """
                SELECT name, version, kind, coalesce(uri, parent_name || '@' || parent_version) AS made_from
                FROM registry.dependencies WHERE name IN ('files', 'by_extension', 'largest')
                ORDER BY name, version, made_from""");
        recorded(connection);
    }

    private void heading(@Nullable String sentence, String sql) {
        PrintStream out = terminal.out();
        out.println();
        if (sentence != null) {
            out.println("-- " + sentence);
        }
        out.println(sql + ";");
    }

    /** What a deposit answers fits into a line. */
    private void deposit(Connection connection, String sentence, String sql) throws SQLException {
        heading(sentence, sql);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                terminal.out()
                        .println(" => " + row.getString("dataset") + "@" + row.getString("version") + ": "
                                + row.getLong("rows") + " rows, " + row.getLong("bytes") + " bytes, "
                                + row.getLong("milliseconds") + " ms");
            }
        }
        terminal.out().flush();
    }

    private void query(Connection connection, @Nullable String sentence, String sql) throws SQLException {
        heading(sentence, sql);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultWriter.Format.TABLE.writer().write(rows, terminal.out());
        }
        terminal.out().flush();
    }

    /** The statement is shown as it was written, over several lines. */
    private void recorded(Connection connection) throws SQLException {
        String sql = """
                SELECT statement, author, created_at FROM registry.versions
                WHERE name = 'by_extension' ORDER BY created_at DESC LIMIT 1""";
        heading("And how the last one was made, word for word.", sql);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getString(1).lines().forEach(line -> terminal.out().println(" " + line));
                terminal.out().println(" (by " + rows.getString(2) + ", " + rows.getString(3) + " UTC)");
            }
        }
        terminal.out().println();
    }
}
