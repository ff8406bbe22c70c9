// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real warehouse, in this process. */
class MainTest {
    @TempDir
    private Path folder;

    /** What a command left behind. */
    private record Ran(int code, String out, String err) {}

    private Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new Main.Terminal(
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8)),
                arguments);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ran sql(String... arguments) {
        String[] all = Arrays.copyOf(new String[] {"sql", "--warehouse", warehouse()}, 3 + arguments.length);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return run(all);
    }

    private String warehouse() {
        return folder.resolve("w").toString();
    }

    @Test
    void severalStatementsShareOneConnectionAndOnlyResultsAreWritten() {
        Ran ran = sql("--format", "csv", "-e", "CREATE DATASET t AS SELECT 1 AS x; SELECT x FROM t");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("dataset,version,rows,bytes,milliseconds\nmain.public.t,1.0.0,1,")
                .endsWith("x\n1\n");
    }

    @Test
    void theFirstFailureEndsTheRunInOneLine() {
        Ran ran = sql("--format", "csv", "-e", "SELECT 1 AS x; SELECT * FROM nowhere; SELECT 2 AS y");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("x\n1\n");
        assertThat(ran.err())
                .startsWith("ERROR [42P01] Cannot find dataset nowhere")
                .hasLineCount(1);
        assertThat(sql("--debug", "-e", "SELECT * FROM nowhere").err()).contains("\tat ");
    }

    @Test
    void errorsOfAScriptSayWhereInIt() throws Exception {
        String text = "-- first\nSELECT 1 AS x;\n\n  SELECT x\n    FROM nowhere;\n";
        Path script = Files.writeString(folder.resolve("wrong.sql"), text);
        assertThat(sql("-f", script.toString()).err())
                .isEqualTo("ERROR [42P01] Cannot find dataset nowhere: there is none of this name (at line 5, column 10"
                        + " of "
                        + script + ")" + System.lineSeparator());
        Files.writeString(script, "SELECT 1 AS x; SELECT 'a' SELECT");
        assertThat(sql("-f", script.toString()).err())
                .startsWith("ERROR [42601] Cannot parse statement: ")
                .contains(" at line 1, column 27 of " + script);
        Files.writeString(script, "SELECT 1 AS x;\nDROP DATASET nowhere");
        assertThat(sql("-f", script.toString()).err())
                .startsWith("ERROR [42P01] Cannot find dataset")
                .endsWith(" (in the statement at line 2 of " + script + ")" + System.lineSeparator());
        assertThat(sql("-e", "SELECT 1 AS x; SELECT * FROM nowhere").err())
                .endsWith(" (at line 1, column 30)" + System.lineSeparator());
    }

    @Test
    void whatAScriptDepositsRecordsTheWholeScript() throws Exception {
        String text = "-- first\nCREATE DATASET a AS SELECT 1 AS x;\nCREATE DATASET b AS SELECT x FROM a;\n";
        Path script = Files.writeString(folder.resolve("job.sql"), text);
        assertThat(sql("-f", script.toString()).err()).isEmpty();
        Ran shown = run("show", "b", "--script", "--json", "--warehouse", warehouse());
        assertThat(shown.out())
                .contains("\"statement\":\"CREATE DATASET b AS SELECT x FROM a\"")
                .contains("-- first\\nCREATE DATASET a");
        assertThat(run("ls", "--json", "--warehouse", warehouse()).out())
                .contains("\"name\":\"a\"")
                .contains("\"name\":\"b\"")
                .hasLineCount(2);
        assertThat(run("show", "main.public.b@1.0.0", "--lineage", "--warehouse", warehouse())
                        .out())
                .contains("DATASET | main             | public         | a");
        assertThat(run("show", "b@9.9.9", "--warehouse", warehouse()).err())
                .startsWith("ERROR [42P01] Cannot find version 9.9.9: dataset main.public.b has versions 1.0.0");
    }

    @Test
    void whatMakesNoSenseGetsOneLineAndCodeTwo() {
        for (String[] arguments : new String[][] {{"bogus"}, {"sql", "--bogus"}, {"server", "--port", "x"}, {"show"}}) {
            Ran ran = run(arguments);
            assertThat(ran.code()).as(Arrays.toString(arguments)).isEqualTo(2);
            assertThat(ran.err())
                    .as(Arrays.toString(arguments))
                    .startsWith("ERROR [42601] ")
                    .hasLineCount(1)
                    .endsWith(" --help)" + System.lineSeparator());
            assertThat(ran.out()).isEmpty();
        }
        assertThat(run().code()).isEqualTo(2);
        assertThat(run().err()).startsWith("Usage: datasetdb").contains("lineage");
        assertThat(run("show").err())
                .isEqualTo("ERROR [42601] Missing required parameter: 'NAME[@V]' (see datasetdb show --help)"
                        + System.lineSeparator());
        assertThat(run("ls", "--url", "http://x").err())
                .isEqualTo("ERROR [08001] Cannot connect: the URL is no jdbc:datasetdb://host:port/ (http://x)"
                        + System.lineSeparator());
        assertThat(sql("--format", "xml", "-e", "SELECT 1").err())
                .startsWith("ERROR [22023] Cannot write results as xml");
        assertThat(run("--version").out()).startsWith("DatasetDB ");
    }

    @Test
    void lookingIntoAWarehouseThatIsNotThereMakesNone() {
        Path mistyped = folder.resolve("mistyped");
        for (String[] arguments : new String[][] {{"ls"}, {"show", "x"}}) {
            Ran ran = run(Stream.concat(Arrays.stream(arguments), Stream.of("--warehouse", mistyped.toString()))
                    .toArray(String[]::new));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).startsWith("ERROR [08001] Cannot open warehouse " + mistyped + ": there is no such");
            assertThat(mistyped).doesNotExist();
        }
    }

    @Test
    void placesThatCannotBeSaySo() throws Exception {
        assertThat(run("ls", "--url", "jdbc:datasetdb://nowhere.invalid:1/").err())
                .isEqualTo("ERROR [08001] Cannot connect to nowhere.invalid:1: there is no host of this name"
                        + System.lineSeparator());
        assertThat(run("server", "--host", "nowhere.invalid", "--warehouse", warehouse())
                        .err())
                .endsWith("ERROR [08001] Cannot listen on nowhere.invalid:8765: there is no host of this name"
                        + System.lineSeparator());
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("sql", "-e", "SELECT 1", "--warehouse", file.resolve("w").toString())
                        .err())
                .startsWith("ERROR [")
                .contains("] Cannot open warehouse: ")
                .hasLineCount(1);
    }

    @Test
    void lookingIntoAnEmptyFolderMakesNoWarehouseOfIt() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (String command : List.of("ls", "verify", "gc")) {
            Ran ran = run(command, "--warehouse", empty.toString());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).startsWith("ERROR [08001] Cannot open warehouse " + empty + ": the folder is empty");
            assertThat(empty).isEmptyDirectory();
        }
    }

    @Test
    void aPathMayBeginWithTwoSlashes() {
        assertThat(run("sql", "--warehouse", "/" + folder.resolve("w"), "--format", "csv", "-e", "SELECT 1 AS a")
                        .out())
                .isEqualTo("a\n1\n");
    }

    @Test
    void whatIsMistypedGetsASuggestion() {
        assertThat(run("sql", "--wharehouse", "x").err()).contains("Did you mean --warehouse?");
        assertThat(run("shwo").err())
                .startsWith("ERROR [42601] Unmatched argument at index 0: 'shwo'. Did you mean show? (see");
    }

    @Test
    void scriptsMayBeginWithAByteOrderMarkAndEndLinesAsWindowsDoes() throws Exception {
        Path script = Files.writeString(
                folder.resolve("windows.sql"), "\uFEFF-- a; b\r\nSELECT ';' AS x /* ; */;\r\nSELECT 2 AS y;\r\n");
        Ran ran = sql("--format", "csv", "-f", script.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("x\n;\ny\n2\n");
        assertThat(sql("-f", folder.resolve("none.sql").toString()).err())
                .isEqualTo("ERROR [58P01] Cannot read the script " + folder.resolve("none.sql")
                        + ": there is no such file" + System.lineSeparator());
    }

    @Test
    void showTakesTheNewestOfWhatIsNamed() {
        sql("-e", "CREATE DATASET n VERSION '1.2.9' AS SELECT 1 AS x");
        sql("-e", "CREATE OR REPLACE DATASET n AS SELECT 2 AS x");
        sql("-e", "CREATE OR REPLACE DATASET n BUMP MAJOR AS SELECT 3 AS x");
        assertThat(run("show", "N@1", "--stats", "--json", "--warehouse", warehouse())
                        .out())
                .contains("\"max_value\":\"2\"");
        assertThat(run("show", "n", "--stats", "--json", "--warehouse", warehouse())
                        .out())
                .contains("\"max_value\":\"3\"");
        assertThat(run("show", "nowhere", "--warehouse", warehouse()).err())
                .isEqualTo("ERROR [42P01] Cannot find dataset: there is none of this name (main.public.nowhere)"
                        + System.lineSeparator());
    }

    /** Output that fails as a full disk or a closed pipe does. */
    private Ran into(String failure, String... arguments) {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(failure);
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new Main.Terminal(
                        new PrintStream(
                                new BufferedOutputStream(new ResultOutput(failing)), false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8)),
                arguments);
        return new Ran(code, "", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void outputThatCannotBeWrittenIsNoSuccess() {
        String[] query = {"sql", "--warehouse", warehouse(), "--format", "csv", "-e", "SELECT 1 AS x"};
        Ran full = into("No space left on device", query);
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.err())
                .isEqualTo("ERROR [58030] Cannot write the results: No space left on device" + System.lineSeparator());
        Ran closed = into("Broken pipe", query);
        assertThat(closed.code()).isEqualTo(141);
        assertThat(closed.err()).isEmpty();
    }

    @Test
    void theDemoTellsItsWholeStory() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "hello");
        Files.writeString(folder.resolve("b.txt"), "hello again");
        Files.writeString(folder.resolve("c.md"), "# c");
        Ran ran = run("demo", folder.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(" => main.public.files@1.0.0: 3 rows")
                .contains("main.public.by_extension@1.0.1")
                .contains(" txt | ")
                .contains("by_extension@1.0.0")
                .contains(" CREATE OR REPLACE DATASET by_extension AS")
                .contains("sql --warehouse ");
        String kept = ran.out().strip();
        Path warehouse = Path.of(kept.substring(kept.lastIndexOf(' ') + 1));
        try (Stream<Path> files = Files.walk(warehouse)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void librariesDoNotWarnOfWhatTheyCanDoWithout() {
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        try {
            Main.hush();
            assertThat(Logger.getLogger("org.apache.parquet.schema.Types").isLoggable(Level.WARNING))
                    .isFalse();
            assertThat(Logger.getLogger("io.datasetdb").isLoggable(Level.WARNING))
                    .isTrue();
        } finally {
            root.setLevel(before);
        }
    }
}
