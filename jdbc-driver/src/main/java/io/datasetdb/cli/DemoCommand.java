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
        out.println("A warehouse is a folder: " + warehouse);
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
        step(
                connection,
                "List the files below " + files + " and keep the list: it becomes version 1.0.0 of the dataset files.",
                "CREATE DATASET files AS\nSELECT file FROM TABLE(list_storage('"
                        + files.toString().replace("'", "''") + "'))");
        step(connection, "Compute, and keep what was computed. ORDER BY is the stored order.", """
                CREATE DATASET by_extension COMMENT 'what kinds of files there are' AS
                SELECT file_ext(f.file.path) AS ext, count(*) AS files, sum(f.file.size) AS total
                FROM files AS f WHERE f.file.size > 0
                GROUP BY file_ext(f.file.path) ORDER BY total DESC""");
        step(connection, "Ask.", "SELECT * FROM by_extension LIMIT 8");
        step(connection, "Join the two: for each kind, its largest file.", """
                CREATE DATASET largest AS
                SELECT e.ext, e.files, max(f.file.size) AS largest, max(f.file.size) * 100 / e.total AS percent
                FROM by_extension AS e JOIN files AS f ON e.ext = file_ext(f.file.path)
                WHERE f.file.size > 0
                GROUP BY e.ext, e.files, e.total ORDER BY largest DESC""");
        step(connection, "Ask.", "SELECT * FROM largest LIMIT 8");
        step(connection, "Change your mind: the same name, a new version. The old one stays.", """
                CREATE OR REPLACE DATASET by_extension AS
                SELECT ext, files, total FROM by_extension WHERE files > 1 ORDER BY total DESC""");
        step(
                connection,
                "Nobody wrote down where these come from; the registry knows, because the statements ran.",
                """
                SELECT name, version, kind, coalesce(parent_name || '@' || parent_version, uri) AS made_from
                FROM registry.dependencies ORDER BY name, version, made_from""");
        step(connection, "And how the last one was made, word for word.", """
                SELECT version, author, row_count, statement FROM registry.versions
                WHERE name = 'by_extension' ORDER BY created_at DESC LIMIT 1""");
    }

    private void step(Connection connection, String sentence, String sql) throws SQLException {
        PrintStream out = terminal.out();
        out.println();
        out.println("-- " + sentence);
        out.println(sql + ";");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultWriter.Format.TABLE.writer().write(rows, out);
        }
        out.println();
        out.flush();
    }
}
