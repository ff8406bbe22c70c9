// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.registry.DatasetName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what belongs to all versions of a dataset. */
@Command(
        name = "edit",
        description = "Change a dataset's name, comment or labels; no data is touched.",
        mixinStandardHelpOptions = true)
final class EditCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "NAME", description = "Which.")
    private String name = "";

    @Option(
            names = "--rename",
            paramLabel = "NEW",
            description = "The new name; with project.name or namespace.project.name it moves.")
    private @Nullable String newName;

    @Option(names = "--comment", paramLabel = "TEXT", description = "The new comment; '' removes it.")
    private @Nullable String comment;

    @Option(names = "--label", paramLabel = "K=V", description = "A label; others stay. May be given several times.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--json", description = "Say what it is called now as a JSON object.")
    private boolean json;

    EditCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (newName == null && comment == null && labels.isEmpty()) {
            throw Failures.of(
                    "Cannot edit " + name + ": say --rename, --comment or --label (" + name + ")", "22023", null);
        }
        try (Catalog catalog = place.catalog()) {
            NameArgument argument = NameArgument.parse(name, catalog);
            if (argument.hasVersion()) {
                throw Failures.of(
                        "Cannot edit " + argument + ": name, comment and labels belong to all versions (" + argument
                                + ")",
                        "22023",
                        null);
            }
            DatasetName dataset = argument.name();
            Map<String, String> added = added();
            DatasetName to =
                    newName == null ? dataset : DatasetName.parse(newName, dataset.namespace(), dataset.project());
            if (newName != null) {
                catalog.rename(dataset, to);
            }
            if (comment != null) {
                catalog.setComment(to, comment);
            }
            if (!added.isEmpty()) {
                catalog.addLabels(to, added);
            }
            terminal.say(json, "dataset", to.toString(), "Changed " + to);
        }
        return 0;
    }

    private Map<String, String> added() throws SQLException {
        Map<String, String> added = new LinkedHashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            if (equals <= 0 || label.substring(0, equals).isBlank()) {
                throw Failures.of("Cannot edit " + name + ": a label is key=value (" + label + ")", "22023", null);
            }
            added.put(
                    label.substring(0, equals).strip(),
                    label.substring(equals + 1).strip());
        }
        return added;
    }
}
