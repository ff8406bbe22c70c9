// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.error.NearestName;
import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.jdbc.internal.LocalResult;
import io.datasetdb.sql.Engine;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code datasetdb} command. Results go to stdout, everything else to stderr; exit code 0 on success, 1 if something
 * failed, 2 if the command line made no sense.
 */
@Command(
        name = "datasetdb",
        description = "Typed, versioned datasets that remember how they were made.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /** What a shell reports of a process that ended because nobody read what it wrote. */
    private static final int BROKEN_PIPE = 141;

    // Loggers whose levels last only while somebody holds them: all warn of what they can do without.
    private static final List<Logger> LOGGERS = Stream.of(
                    "org.apache.hadoop", "org.apache.parquet", "software.amazon.awssdk")
            .map(Logger::getLogger)
            .toList();

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean debug;

    private final Terminal terminal;

    Main(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Where a command reads and writes. */
    record Terminal(PrintStream out, PrintStream err) {
        /** Writes rows as JSON, an object a line, or as a table. */
        void write(boolean json, Schema columns, List<? extends List<? extends @Nullable Object>> rows)
                throws SQLException {
            ResultWriter.Format format = json ? ResultWriter.Format.JSON : ResultWriter.Format.TABLE;
            format.writer().write(LocalResult.of(columns, rows), out);
        }

        /** Says what was done: as a JSON object of one field, or in a sentence. */
        void say(boolean json, String field, String value, String sentence) throws SQLException {
            if (json) {
                write(true, Schema.of(Field.required(field, DataType.VARCHAR)), List.of(List.of(value)));
            } else {
                out.println(sentence);
            }
        }

        /** Shows how far long work is, if somebody sits there. */
        ProgressBar progress(String title, ProgressBar.Unit unit) {
            PrintStream shown = Console.showsErrors() ? err : new PrintStream(OutputStream.nullOutputStream());
            return new ProgressBar(shown, title, unit, System::nanoTime);
        }
    }

    /** Says what {@code --version} says. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"DatasetDB " + Engine.version()};
        }
    }

    /** Runs a command and returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        Main main = new Main(terminal);
        CommandLine line = new CommandLine(main);
        commands(terminal, arguments).forEach((name, command) -> line.addSubcommand(name, command.get()));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((e, command, parsed) -> main.report(e));
        line.setParameterExceptionHandler((e, unused) -> {
            CommandLine command = e.getCommandLine();
            terminal.err()
                    .println("ERROR [42601] " + e.getMessage() + suggestion(e) + " (see "
                            + command.getCommandSpec().qualifiedName() + " --help)");
            return CommandLine.ExitCode.USAGE;
        });
        int code;
        try {
            code = arguments.length == 0 ? main.usage(line) : line.execute(arguments);
            terminal.out().flush();
        } catch (ResultOutput.Lost | Error e) {
            code = main.report(e);
        }
        terminal.err().flush();
        return code;
    }

    private int usage(CommandLine line) {
        line.usage(terminal.err(), CommandLine.Help.Ansi.OFF);
        return CommandLine.ExitCode.USAGE;
    }

    /** The command that is asked for, else all: describing each to picocli takes longer than many a statement. */
    private static Map<String, Supplier<Object>> commands(Terminal terminal, String... arguments) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("demo", () -> new DemoCommand(terminal));
        all.put("sql", () -> new SqlCommand(terminal));
        all.put("server", () -> new ServerCommand(terminal));
        all.put("ls", () -> new LsCommand(terminal));
        all.put("show", () -> new ShowCommand(terminal));
        all.put("lineage", () -> new LineageCommand(terminal));
        all.put("diff", () -> new DiffCommand(terminal));
        all.put("rm", () -> new RmCommand(terminal));
        all.put("edit", () -> new EditCommand(terminal));
        all.put("gc", () -> new GcCommand(terminal));
        all.put("verify", () -> new VerifyCommand(terminal));
        all.put("export", () -> new ExportCommand(terminal));
        all.put("import", () -> new ImportCommand(terminal));
        Supplier<Object> one = arguments.length == 0 ? null : all.get(arguments[0]);
        return one == null ? all : Map.of(arguments[0], one);
    }

    /** The nearest name to one that is unknown, as a sentence. */
    private static String suggestion(CommandLine.ParameterException e) {
        if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return "";
        }
        CommandLine command = e.getCommandLine();
        String given = unmatched.getUnmatched().get(0);
        List<String> known = given.startsWith("-")
                ? command.getCommandSpec().options().stream()
                        .flatMap(option -> Arrays.stream(option.names()))
                        .toList()
                : List.copyOf(command.getSubcommands().keySet());
        return NearestName.of(given, known)
                .map(name -> ". Did you mean " + name + "?")
                .orElse("");
    }

    private int report(Throwable thrown) {
        if (thrown instanceof ResultOutput.Lost lost) {
            return report(lost);
        }
        SQLException failure = Failures.sql(thrown);
        terminal.err()
                .println("ERROR [" + failure.getSQLState() + "] "
                        + String.valueOf(failure.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " "));
        if (debug) {
            thrown.printStackTrace(terminal.err());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private int report(ResultOutput.Lost lost) {
        if (lost.isBrokenPipe()) {
            return BROKEN_PIPE;
        }
        terminal.err().println("ERROR [58030] " + lost.getMessage());
        if (debug) {
            lost.printStackTrace(terminal.err());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The entry point. */
    /** What libraries have to say on their way is nobody's concern here. */
    static void hush() {
        Logger.getLogger("").setLevel(Level.WARNING);
        LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    public static void main(String[] arguments) {
        hush();
        OutputStream out = new ResultOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        PrintStream buffered = new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
        int code = run(new Terminal(buffered, err), arguments);
        System.exit(code);
    }
}
