// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.sql.parse.ScriptSplitter;
import io.datasetdb.sql.parse.ScriptStatement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs statements: those given, those of a file, those that come in through a pipe, or, without any, a shell. */
@Command(
        name = "sql",
        description = {
            "Run SQL. Without -e and -f: a shell.",
            "Statements are separated by semicolons; the first that fails ends the run."
        },
        mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Option(names = "-e", paramLabel = "STATEMENT", description = "Run this.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "-f",
            paramLabel = "FILE",
            description = "Run this script; what it deposits records the whole of it.")
    private @Nullable Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table (default), csv or json.")
    private String format = "table";

    SqlCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        ResultWriter.Format chosen = format();
        boolean given = !texts.isEmpty() || file != null;
        if (!given && Console.isInteractive()) {
            return Shell.run(place.url(), chosen);
        }
        List<Step> steps = new ArrayList<>();
        texts.forEach(text -> add(steps, text, null));
        Properties properties = new Properties();
        if (file != null) {
            properties.setProperty("source", file.toString());
            add(steps, script(file), file);
        } else if (!given) {
            add(steps, unmarked(new String(System.in.readAllBytes(), StandardCharsets.UTF_8)), null);
        }
        run(steps, properties, chosen);
        return 0;
    }

    /** A statement and the file that it is from. */
    private record Step(ScriptStatement statement, @Nullable Path file) {}

    private static void add(List<Step> steps, String script, @Nullable Path file) {
        ScriptSplitter.split(script).forEach(statement -> steps.add(new Step(statement, file)));
    }

    private ResultWriter.Format format() throws SQLException {
        try {
            return ResultWriter.Format.valueOf(format.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Failures.of("Cannot write results as " + format + ": use table, csv or json", "22023", null);
        }
    }

    private static String script(Path path) throws SQLException {
        try {
            return unmarked(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw Failures.of("Cannot read the script " + path + ": there is no such file", "58P01", e);
        } catch (IOException e) {
            throw Failures.of("Cannot read the script " + path + ": it is no readable UTF-8 file", "58P01", e);
        }
    }

    /** Some editors begin every file with a byte order mark. */
    private static String unmarked(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void run(List<Step> steps, Properties properties, ResultWriter.Format chosen) throws SQLException {
        PrintStream out = terminal.out();
        ResultWriter writer = chosen.writer();
        try (Connection connection = place.connect(properties);
                Statement statement = connection.createStatement()) {
            boolean first = true;
            for (Step step : steps) {
                try {
                    if (!execute(statement, step.statement().text())) {
                        continue;
                    }
                    if (!first && chosen == ResultWriter.Format.TABLE) {
                        out.append('\n');
                    }
                    first = false;
                    try (ResultSet rows = statement.getResultSet()) {
                        writer.write(rows, out);
                    }
                } catch (SQLException e) {
                    throw ScriptPlace.of(e, step.statement(), step.file());
                }
                out.flush();
            }
        } finally {
            out.flush();
        }
    }

    private boolean execute(Statement statement, String sql) throws SQLException {
        Optional<Path> folder = place.localFolder();
        if (!Console.showsErrors() || folder.isEmpty()) {
            return statement.execute(sql);
        }
        ProgressBar bar = terminal.progress("deposit", ProgressBar.Unit.ROWS);
        DepositWatch watch = new DepositWatch(folder.get(), sql, bar);
        try {
            return statement.execute(sql);
        } finally {
            watch.close();
        }
    }
}
