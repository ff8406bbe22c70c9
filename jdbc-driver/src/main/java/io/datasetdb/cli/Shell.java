// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** The interactive shell: sqlline with defaults that fit. */
final class Shell {
    private Shell() {}

    /** Runs until the user leaves; the exit code. */
    static int run(String url, ResultWriter.Format format) throws IOException {
        Path settings = Path.of(System.getProperty("user.home", "."), ".datasetdb");
        SqlLine.Status status = run(new SqlLine(), settings, url, format, null);
        return status == SqlLine.Status.OK ? 0 : 1;
    }

    /**
     * Runs until the input ends.
     *
     * @param settings the folder where sqlline keeps its settings and the history
     * @param input what is typed; {@code null} for the terminal
     */
    static SqlLine.Status run(
            SqlLine shell, Path settings, String url, ResultWriter.Format format, @Nullable InputStream input)
            throws IOException {
        System.setProperty(
                "x.sqlline.basedir", Files.createDirectories(settings).toString());
        System.setProperty(ShellApplication.FORMAT, format.name().toLowerCase(Locale.ROOT));
        // sqlline would end the process by itself.
        System.setProperty(SqlLineOpts.PROPERTY_NAME_EXIT, "true");
        String user = System.getProperty("user.name", "user");
        String[] arguments = {"-ac", ShellApplication.class.getName(), "-u", url, "-n", user, "-p", ""};
        return shell.begin(arguments, input, true);
    }
}
