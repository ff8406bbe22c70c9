// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sqlline.SqlLine;

/** The shell as sqlline runs it with our settings. */
class ShellTest {
    @TempDir
    private Path folder;

    private String type(String format, String lines) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SqlLine shell = new SqlLine();
        shell.setOutputStream(out);
        shell.setErrorStream(out);
        Shell.run(
                shell,
                folder.resolve("settings"),
                "jdbc:datasetdb:" + folder.resolve("w"),
                ResultWriter.Format.valueOf(format),
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {"TABLE;| 1 | a,b |", "CSV;\"1\",\"a,b\"", "JSON;\"y\":\"a,b\""})
    void resultsComeInEveryFormat(String format, String row) throws Exception {
        assertThat(type(format, "SELECT 1 AS x, 'a,b' AS y;\n!set outputformat tsv\nSELECT 2 AS z;\n"))
                .contains(row, "\"2\"")
                .doesNotContain("Exception");
    }
}
