// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** The interactive shell: sqlline with defaults that fit. */
final class Shell {
    private Shell() {}

    /** Runs until the user leaves; the exit code. */
    static int run(String url, ResultWriter.Format format) throws IOException {
        // sqlline keeps its settings and the history there.
        Path settings = Files.createDirectories(Path.of(System.getProperty("user.home", "."), ".datasetdb"));
        System.setProperty("x.sqlline.basedir", settings.toString());
        List<String> arguments = new ArrayList<>(List.of(
                "-ac",
                ShellApplication.class.getName(),
                "-u",
                url,
                "-n",
                System.getProperty("user.name", "user"),
                "-p",
                "",
                "--outputFormat=" + format.name().toLowerCase(Locale.ROOT),
                "--historyFile=" + settings.resolve("history")));
        // sqlline would end the process by itself.
        System.setProperty(SqlLineOpts.PROPERTY_NAME_EXIT, "true");
        SqlLine.Status status = new SqlLine().begin(arguments.toArray(String[]::new), null, true);
        return status == SqlLine.Status.OK ? 0 : 1;
    }
}
