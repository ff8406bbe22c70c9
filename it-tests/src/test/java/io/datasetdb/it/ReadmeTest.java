// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.DatasetDb;
import io.datasetdb.Row;
import io.datasetdb.sql.parse.ScriptSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works: its SQL runs from top to bottom, its Java is compiled and run as it stands there. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

    @TempDir
    private Path folder;

    private static List<String> blocks(String language) throws IOException {
        Path readme = Path.of("README.md");
        Matcher blocks = BLOCK.matcher(
                Files.readString(Files.exists(readme) ? readme : Path.of("..").resolve(readme)));
        List<String> result = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).equals(language)) {
                result.add(blocks.group(2));
            }
        }
        return result;
    }

    @Test
    void sqlRunsFromTopToBottom() throws IOException {
        List<String> blocks = blocks("sql");
        assertThat(blocks).hasSizeGreaterThan(5);
        try (DatasetDb db = DatasetDb.open(folder.resolve("warehouse"))) {
            for (String block : blocks) {
                ScriptSplitter.split(block).forEach(statement -> run(db, statement.text()));
            }
        }
    }

    private static void run(DatasetDb db, String statement) {
        try (Stream<Row> rows = db.sql(statement).stream()) {
            rows.forEach(row -> assertThat(row.values()).isNotNull());
        } catch (RuntimeException e) {
            throw new AssertionError(statement, e);
        }
    }

    @Test
    void javaIsRunFromSourceAndRecordsItsSource() throws Exception {
        List<String> blocks = blocks("java");
        assertThat(blocks).isNotEmpty();
        for (String source : blocks) {
            Matcher name = CLASS.matcher(source);
            assertThat(name.find()).as("a whole program: %s", source).isTrue();
            Path file = Files.writeString(folder.resolve(name.group(1) + ".java"), source);
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            file.getFileName().toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(program.exitValue()).as(output).isZero();
            checkScripts(file, source);
        }
    }

    private void checkScripts(Path file, String source) {
        try (DatasetDb db = DatasetDb.open(folder.resolve("warehouse"));
                Stream<Row> rows = db
                        .sql("SELECT DISTINCT script_name, script FROM registry.versions"
                                + " WHERE namespace <> 'system'")
                        .stream()) {
            List<Row> scripts = rows.toList();
            assertThat(scripts).hasSize(1);
            assertThat(scripts.get(0).getString("script")).isEqualTo(source);
            assertThat(Path.of(scripts.get(0).getString("script_name")).toRealPath())
                    .isEqualTo(file.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
