// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.server.DatasetServer;
import io.datasetdb.server.ServerConfig;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands about the registry, on a warehouse and through a server. */
class CommandLineTest {
    @TempDir
    private Path folder;

    /** Where a command goes. */
    enum Where {
        WAREHOUSE,
        SERVER
    }

    /** What a command left behind. */
    record Ran(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Path warehouse() {
        return folder.resolve("w");
    }

    private static Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new Main.Terminal(
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8)),
                arguments);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ran local(String... arguments) {
        return run(Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--warehouse", warehouse().toString()))
                .toArray(String[]::new));
    }

    private interface Commands {
        Ran run(String... arguments);
    }

    private interface Work {
        void with(Commands commands) throws Exception;
    }

    private void on(Where where, Work work) throws Exception {
        switch (where) {
            case WAREHOUSE -> work.with(this::local);
            case SERVER -> {
                try (Engine engine = Engine.open(new EngineConfig(warehouse().toString()));
                        DatasetServer server = DatasetServer.start(engine, ServerConfig.local(0))) {
                    String url = "jdbc:datasetdb://127.0.0.1:" + server.port() + "/";
                    work.with(arguments -> run(Stream.concat(Arrays.stream(arguments), Stream.of("--url", url))
                            .toArray(String[]::new)));
                }
            }
        }
    }

    @BeforeEach
    void deposit() {
        Ran ran = local("sql", "-e", """
            CREATE NAMESPACE lab; CREATE PROJECT lab.raw;
            CREATE DATASET lab.raw.numbers COMMENT 'all of them' LABELS ('k=v') AS SELECT x FROM (VALUES (1), (2)) AS v(x);
            CREATE DATASET squares AS SELECT x, x * x AS y FROM lab.raw.numbers;
            CREATE OR REPLACE DATASET squares AS SELECT x, y FROM squares WHERE x > 1;
            CREATE DATASET sums AS SELECT sum(y) AS y FROM squares UNION ALL SELECT sum(x) FROM lab.raw.numbers\
            """);
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void datasetsAreListedByPattern(Where where) throws Exception {
        on(where, commands -> {
            assertThat(commands.run("ls").out())
                    .startsWith(" dataset             | version | rows | size ")
                    .contains(" main.public.squares | 1.0.1   |    1 | ")
                    .endsWith("(3 rows)\n");
            assertThat(commands.run("ls", "S*", "--json").lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("{\"namespace\":\"main\",\"project\":\"public\",\"name\":\"s"));
            assertThat(commands.run("ls", "raw.num?ers", "--json").lines()).hasSize(1);
            assertThat(commands.run("ls", "lab.*.*", "--json").lines()).hasSize(1);
            assertThat(commands.run("ls", "nothing").out()).endsWith("(0 rows)\n");
            assertThat(commands.run("ls", "squares", "--versions", "--json").lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("\"version\":\"1.0.0\"")
                    .contains("\"state\":\"COMPLETE\"");
            commands.run("rm", "squares@1.0.0", "--yes");
            assertThat(commands.run("ls", "squares", "--versions", "--json").lines())
                    .hasSize(1);
            assertThat(commands.run("ls", "squares", "--all", "--json").lines()).hasSize(2);
        });
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void versionIsShownAlsoWhenItWasDropped(Where where) throws Exception {
        on(where, commands -> {
            assertThat(commands.run("show", "squares@1").out())
                    .contains("| 1.0.1 ")
                    .contains("-- statement\n");
            assertThat(commands.run("show", "squares@<1.0.1", "--schema", "--json")
                            .lines())
                    .containsExactly(
                            "{\"column_name\":\"x\",\"data_type\":\"INTEGER\",\"nullable\":false,\"comment\":null}",
                            "{\"column_name\":\"y\",\"data_type\":\"INTEGER\",\"nullable\":false,\"comment\":null}");
            assertThat(commands.run("rm", "squares", "--yes").code()).isZero();
            assertThat(commands.run("show", "squares").out())
                    .contains("DROPPED")
                    .contains("SELECT x, y FROM squares");
            assertThat(commands.run("show", "squares@1.0.0", "--lineage", "--json")
                            .out())
                    .isEqualTo("{\"kind\":\"DATASET\",\"parent_namespace\":\"lab\",\"parent_project\":\"raw\","
                            + "\"parent_name\":\"numbers\",\"parent_version\":\"1.0.0\",\"uri\":null}\n");
            assertThat(commands.run("show", "sumz").err())
                    .startsWith("ERROR [42P01] Cannot find dataset")
                    .contains("main.public.sumz")
                    .contains("did you mean sums?")
                    .hasLineCount(1);
            assertThat(commands.run("show", "sums@7").err())
                    .startsWith("ERROR [42P01] Cannot find version 7: dataset main.public.sums has versions 1.0.0")
                    .hasLineCount(1);
            assertThat(commands.run("show", "sums@x").err()).startsWith("ERROR [22023] Cannot read version: ");
        });
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void differencesOfTwoVersionsAreShown(Where where) throws Exception {
        local("sql", "-e", "CREATE OR REPLACE DATASET squares AS SELECT 2 AS x, 5 AS y, 'n' AS z");
        on(where, commands -> {
            assertThat(commands.run("diff", "squares@1.0.0", "squares@1.0.1").out())
                    .isEqualTo("""
                        -- from main.public.squares@1.0.0 to main.public.squares@1.0.1
                         status | x | y
                        --------+---+---
                         D      | 1 | 1
                        (1 row)
                        """);
            assertThat(commands.run("diff", "squares@1.0.1", "squares", "--key", "x")
                            .out())
                    .startsWith("-- from main.public.squares@1.0.1 to main.public.squares@1.0.2\n-- column z VARCHAR")
                    .contains(" is new\n")
                    .contains(" M      | 2 | 5 | n\n");
            assertThat(commands.run("diff", "squares@1.0.0", "squares@1.0.1", "--json")
                            .out())
                    .isEqualTo("{\"status\":\"D\",\"x\":1,\"y\":1}\n");
            assertThat(commands.run("diff", "squares@1.0.0", "squares@1.0.1", "--key", "x", "--same", "--json")
                            .out())
                    .isEqualTo("{\"status\":\"D\",\"x\":1,\"y\":1}\n{\"status\":\"S\",\"x\":2,\"y\":4}\n");
            assertThat(commands.run("diff", "squares@1.0.0", "squares@1.0.1", "--key", "nothing")
                            .err())
                    .startsWith("ERROR [22023] Cannot compare ")
                    .doesNotContain("at line")
                    .hasLineCount(1);
            assertThat(commands.run("diff", "squares@1.0.0", "squares@7").err()).startsWith("ERROR [42P01] ");
            assertThat(commands.run("diff", "squares@1.0.0").code()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void lineageIsATree(Where where) throws Exception {
        on(where, this::lineageIsATree);
    }

    private void lineageIsATree(Commands commands) {

        commands.run("rm", "squares@1.0.0", "--yes");
        assertThat(commands.run("lineage", "sums").out()).isEqualTo("""
            main.public.sums@1.0.0
            ├─ main.public.squares@1.0.1
            │  └─ main.public.squares@1.0.0 (dropped)
            │     └─ lab.raw.numbers@1.0.0
            └─ lab.raw.numbers@1.0.0
            """);
        assertThat(commands.run("lineage", "sums", "--depth", "1").lines()).hasSize(3);
        assertThat(commands.run("lineage", "lab.raw.numbers", "--down", "--depth", "1", "--json")
                        .lines())
                .containsExactlyInAnyOrder(
                        "{\"depth\":1,\"namespace\":\"main\",\"project\":\"public\",\"name\":\"squares\",\"version\":\"1.0.0\","
                                + "\"kind\":\"DATASET\",\"uri\":null,\"via\":\"lab.raw.numbers@1.0.0\"}",
                        "{\"depth\":1,\"namespace\":\"main\",\"project\":\"public\",\"name\":\"sums\",\"version\":\"1.0.0\","
                                + "\"kind\":\"DATASET\",\"uri\":null,\"via\":\"lab.raw.numbers@1.0.0\"}");
        assertThat(commands.run("lineage", "sums", "--depth", "-1").err())
                .startsWith("ERROR [22023] Cannot show lineage");
        assertThat(commands.run("lineage", "nothing").err()).startsWith("ERROR [42P01] Cannot find dataset");
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void editingChangesNameCommentAndLabels(Where where) throws Exception {
        on(where, commands -> {
            assertThat(commands.run(
                                    "edit",
                                    "lab.raw.numbers",
                                    "--rename",
                                    "digits",
                                    "--comment",
                                    "it's",
                                    "--label",
                                    "a=b",
                                    "--label",
                                    "k=w",
                                    "--json")
                            .out())
                    .isEqualTo("{\"dataset\":\"lab.raw.digits\"}\n");
            assertThat(local(
                                    "sql",
                                    "--format",
                                    "csv",
                                    "-e",
                                    "SELECT comment, labels['k'] AS k, labels['a'] AS a FROM registry.datasets WHERE"
                                            + " name = 'digits'")
                            .out())
                    .isEqualTo("comment,k,a\nit's,w,b\n");
            assertThat(commands.run("show", "lab.raw.digits").out())
                    .contains("-- dataset\n")
                    .containsPattern("\\| \\{\"k\":\"w\",\"a\":\"b\"} +\\| it's\n");
            assertThat(commands.run("edit", "lab.raw.digits", "--rename", "main.public.sums")
                            .err())
                    .startsWith("ERROR [42P07] Cannot rename dataset lab.raw.digits")
                    .hasLineCount(1);
            assertThat(commands.run("edit", "sums", "--label", "nothing").err())
                    .isEqualTo("ERROR [22023] Cannot edit sums: a label is key=value (nothing)\n");
            assertThat(commands.run("edit", "sums").err()).startsWith("ERROR [22023] Cannot edit sums: say --rename");
            assertThat(commands.run("edit", "sums@1.0.0", "--comment", "x").code())
                    .isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void droppingAsksUnlessToldNotTo(Where where) throws Exception {
        on(where, commands -> {
            assertThat(commands.run("rm", "sums").err())
                    .startsWith("ERROR [22023] Cannot drop main.public.sums: nobody");
            assertThat(commands.run("rm", "squares@1", "--yes").err())
                    .startsWith("ERROR [22023] Cannot drop main.public.squares@1: say the version in full");
            assertThat(commands.run("rm", "squares@1.0.0", "--purge", "--yes", "--json")
                            .out())
                    .isEqualTo("{\"dropped\":\"main.public.squares@1.0.0\"}\n");
            assertThat(commands.run("rm", "squares@1.0.0", "--yes").err())
                    .startsWith("ERROR [42P01] ")
                    .contains("dropped");
            assertThat(commands.run("rm", "nothing", "--yes").code()).isEqualTo(1);
        });
        assertThat(local("sql", "--format", "csv", "-e", "SELECT y FROM squares")
                        .out())
                .isEqualTo("y\n4\n");
    }

    @Test
    void garbageIsNamedThenRemoved() throws Exception {
        Path orphan = Files.createDirectories(warehouse().resolve("data/019aabcd-0000-7000-8000-00000000000a"));
        Files.write(orphan.resolve("part-00000.parquet"), new byte[7]);
        Path foreign = Files.createDirectories(warehouse().resolve("data/mine"));
        local("rm", "sums", "--yes");
        assertThat(local("gc", "--dry-run").out())
                .contains(" orphan  | data/019aabcd-0000-7000-8000-00000000000a |     1 |     7 | ")
                .contains(" foreign | data/mine ")
                .endsWith("Would delete 1 file, 7 B; left what is not the warehouse's own (1)\n");
        assertThat(orphan).exists();
        assertThat(local("gc", "--keep-days", "0", "--json").lines())
                .hasSize(3)
                .anyMatch(line ->
                        line.startsWith("{\"kind\":\"dropped\",\"what\":\"main.public.sums@1.0.0\",\"files\":1,"));
        assertThat(orphan).doesNotExist();
        assertThat(foreign).exists();
        assertThat(local("verify").code()).isZero();
        Files.delete(foreign);
        assertThat(local("gc").out()).isEqualTo("Deleted 0 files, 0 B\n");
        assertThat(local("gc", "--keep-days", "-1").err()).startsWith("ERROR [22023] ");
    }

    @Test
    void damageIsFoundAndNamed() throws Exception {
        assertThat(local("verify"))
                .isEqualTo(new Ran(0, local("verify", "--quick").out(), ""));
        assertThat(local("verify").out()).startsWith("All is well: 4 files of 4 versions, ");
        assertThat(local("verify", "--json").out()).isEmpty();
        String path = local("sql", "--format", "csv", "-e", "SELECT path FROM registry.files WHERE name = 'sums'")
                .lines()
                .get(1);
        Files.write(warehouse().resolve(path), new byte[1], StandardOpenOption.APPEND);
        Ran ran = local("verify", "--quick");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("SIZE " + path + ": it has ")
                .contains("(main.public.sums@1.0.0)\nDamaged: 4 files of 4 versions, ")
                .endsWith("; 1 problem\n");
        assertThat(local("verify", "--json").lines())
                .singleElement()
                .asString()
                .startsWith("{\"problem\":\"size\",\"path\":\"" + path + "\",\"reason\":\"it has ")
                .endsWith("\"versions\":[\"main.public.sums@1.0.0\"]}");
    }

    @Test
    void datasetsGoFromOneWarehouseToAnother() throws Exception {
        String bundle = folder.resolve("b.zip").toString();
        assertThat(local("export", "squares", "sums@1.0.0", "--to", bundle, "--with-lineage")
                        .out())
                .startsWith("Exported 3 versions, 3 files, ")
                .endsWith(" to " + bundle + "\n");
        assertThat(local("export", "sums", "--to", bundle).err()).startsWith("ERROR [58030] Cannot write bundle: ");
        String other = folder.resolve("other").toString();
        assertThat(run("import", bundle, "--warehouse", other).out()).isEqualTo("""
            Imported main.public.squares@1.0.0
            Imported main.public.squares@1.0.1
            Imported main.public.sums@1.0.0
            """);
        assertThat(run("import", bundle, "--warehouse", other).out()).isEqualTo("3 versions were here already\n");
        assertThat(run("sql", "--warehouse", other, "--format", "csv", "-e", "SELECT y FROM squares")
                        .out())
                .isEqualTo("y\n4\n");
        assertThat(run("lineage", "sums", "--warehouse", other).out())
                .isEqualTo(local("lineage", "sums").out().replaceAll("(numbers@1.0.0)", "$1 (dropped)"));
        assertThat(run("verify", "--warehouse", other).code()).isZero();
        assertThat(run("import", bundle, "--as", "z", "--warehouse", other).err())
                .startsWith("ERROR [22000] Cannot import bundle: it holds several datasets");
        String one = folder.resolve("one.zip").toString();
        assertThat(local("export", "sums", "--to", one, "--json").out())
                .startsWith("{\"bundle\":\"" + one + "\",\"versions\":1,\"ancestors\":2,\"files\":1,\"bytes\":");
        String third = folder.resolve("third").toString();
        assertThat(run("import", one, "--as", "team.p.z", "--json", "--warehouse", third)
                        .out())
                .isEqualTo("{\"imported\":\"team.p.z@1.0.0\"}\n");
        Files.writeString(folder.resolve("bad.zip"), "no zip");
        assertThat(run("import", folder.resolve("bad.zip").toString(), "--warehouse", third)
                        .err())
                .startsWith("ERROR [22000] Cannot import bundle: it is damaged, or no bundle of datasets")
                .hasLineCount(1);
        for (String wrong : List.of("bad.zip", "none.zip")) {
            Ran ran = run(
                    "import",
                    folder.resolve(wrong).toString(),
                    "--warehouse",
                    folder.resolve("new").toString());
            assertThat(ran.err())
                    .startsWith("ERROR [22000] Cannot import bundle: ")
                    .hasLineCount(1);
            assertThat(folder.resolve("new")).doesNotExist();
        }
        assertThat(local("export", "nothing", "--to", folder.resolve("n.zip").toString())
                        .err())
                .startsWith("ERROR [42P01] ");
    }

    @Test
    void commandsOnFilesNeedAWarehouse() {
        for (String command : List.of("gc", "verify")) {
            assertThat(run(command, "--warehouse", folder.resolve("none").toString())
                            .err())
                    .startsWith("ERROR [08001] Cannot open warehouse ")
                    .hasLineCount(1);
            assertThat(run(command, "--url", "jdbc:datasetdb://127.0.0.1:1/").code())
                    .isEqualTo(2);
        }
    }

    @Test
    void everyCommandHelps() {
        for (String command :
                List.of("ls", "show", "lineage", "rm", "edit", "diff", "gc", "verify", "export", "import")) {
            Ran ran = run(command, "--help");
            assertThat(ran.code()).as(command).isZero();
            assertThat(ran.out())
                    .as(command)
                    .startsWith("Usage: datasetdb " + command)
                    .contains("--json");
            assertThat(ran.out().lines()).as(command).allMatch(line -> line.length() <= 80);
        }
    }
}
