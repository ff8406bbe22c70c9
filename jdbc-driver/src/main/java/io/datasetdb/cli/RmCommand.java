// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.registry.VersionSelector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drops a dataset or one of its versions. */
@Command(
        name = "rm",
        description = {
            "Drop a dataset, or with NAME@V one of its versions.",
            "Its number, its statement and its lineage stay; its files go some days later with gc, or at once with"
                    + " --purge."
        },
        mixinStandardHelpOptions = true)
final class RmCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = NameArgument.LABEL, description = "V like 1.0.0, nothing shorter.")
    private String name = "";

    @Option(names = "--purge", description = "Delete the files that no other version shares, for good.")
    private boolean purge;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Say what was dropped as a JSON object.")
    private boolean json;

    RmCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (Catalog catalog = place.catalog()) {
            NameArgument argument = NameArgument.parse(name, catalog);
            if (argument.hasVersion() && !(argument.selector() instanceof VersionSelector.Exact)) {
                throw Failures.of(
                        "Cannot drop " + argument + ": say the version in full, like 1.2.3 (" + argument.selector()
                                + ")",
                        "22023",
                        null);
            }
            // Says why not before it asks.
            Catalog.Found found = catalog.find(argument);
            if (!yes && !confirmed(argument)) {
                return 1;
            }
            catalog.drop(argument, purge);
            String dropped =
                    argument.hasVersion() ? found.toString() : found.name().toString();
            terminal.say(json, "dropped", dropped, "Dropped " + dropped);
        }
        return 0;
    }

    private boolean confirmed(NameArgument argument) throws SQLException, IOException {
        if (!Console.isInteractive()) {
            throw Failures.of(
                    "Cannot drop " + argument + ": nobody is there to be asked, say --yes (" + argument + ")",
                    "22023",
                    null);
        }
        terminal.err()
                .print("Drop " + argument + (argument.hasVersion() ? "" : " with all its versions")
                        + (purge ? " and delete its files for good" : "") + "? [y/N] ");
        terminal.err().flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }
}
