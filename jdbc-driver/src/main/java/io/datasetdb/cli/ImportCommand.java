// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.BundleImport;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Registry;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what export wrote. */
@Command(
        name = "import",
        description = {
            "Read datasets from a file that export wrote.",
            "Versions keep their numbers, authors, times and lineage. What is here already stays as it is; namespaces"
                    + " and projects are made where they are missing, and the warehouse too."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final Schema ROWS = Schema.of(Field.required("imported", DataType.VARCHAR));

    private final Main.Terminal terminal;

    @Mixin
    private Place.Folder place = new Place.Folder();

    @Parameters(paramLabel = "FILE", description = "The bundle.")
    private Path bundle = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "What to call the dataset here, if the file was made for just one.")
    private @Nullable String newName;

    @Option(names = "--json", description = "A JSON object for each imported version, a line each.")
    private boolean json;

    ImportCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        DatasetName name = newName == null
                ? null
                : DatasetName.parse(newName, DatasetName.DEFAULT_NAMESPACE, DatasetName.DEFAULT_PROJECT);
        BundleImport.Result result;
        Path folder = place.pathToMake();
        // A bundle that is none must not leave a new warehouse behind.
        BundleImport.check(bundle);
        try (Registry registry = Registry.open(folder);
                DatasetStore store = DatasetStore.open(folder.toString(), 0);
                ProgressBar bar = terminal.progress("import", ProgressBar.Unit.BYTES)) {
            result = new BundleImport(registry, store, bundle).run(name, bar);
        }
        if (json) {
            terminal.write(true, ROWS, result.versions().stream().map(List::of).toList());
            return 0;
        }
        result.versions().forEach(version -> terminal.out().println("Imported " + version));
        result.keptFunctions()
                .forEach(function -> terminal.out()
                        .println("Kept function " + function + ": the one in the file is another, which the imported"
                                + " versions called"));
        if (result.present() > 0) {
            terminal.out()
                    .println(result.present() + (result.present() == 1 ? " version was" : " versions were")
                            + " here already");
        }
        return 0;
    }
}
