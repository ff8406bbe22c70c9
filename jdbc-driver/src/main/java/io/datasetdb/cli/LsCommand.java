// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the datasets. */
@Command(name = "ls", description = "List the datasets.", mixinStandardHelpOptions = true)
final class LsCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    LsCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (Connection connection = place.connectToExisting();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT namespace, project, name, latest_version, row_count, byte_size, author, updated_at,"
                                + " comment FROM registry.datasets ORDER BY namespace, project, name")) {
            ResultWriter.Format format = json ? ResultWriter.Format.JSON : ResultWriter.Format.TABLE;
            format.writer().write(rows, terminal.out());
        }
        return 0;
    }
}
