// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.BundleExport;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.ByteSize;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes datasets with everything that is known of them into a file. */
@Command(
        name = "export",
        description = {
            "Write datasets with all their provenance into one file, for import elsewhere.",
            "NAME stands for all its versions. The file is a zip of a manifest in JSON and the Parquet files."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final Schema ROW = Schema.of(
            Field.required("bundle", DataType.VARCHAR),
            Field.required("versions", DataType.BIGINT),
            Field.required("ancestors", DataType.BIGINT),
            Field.required("files", DataType.BIGINT),
            Field.required("bytes", DataType.BIGINT));

    private final Main.Terminal terminal;

    @Mixin
    private Place.Folder place = new Place.Folder();

    @Parameters(arity = "1..*", paramLabel = NameArgument.LABEL, description = "What to export.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The file to write, e.g. x.zip.")
    private Path to = Path.of("");

    @Option(
            names = "--with-lineage",
            description = "Also say what all ancestors were, not only what it was made from directly.")
    private boolean withLineage;

    @Option(names = "--json", description = "Say what was written as a JSON object.")
    private boolean json;

    ExportCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        BundleExport.Result result;
        try (WarehouseCatalog catalog = new WarehouseCatalog(Registry.open(place.path()));
                ProgressBar bar = terminal.progress("export", ProgressBar.Unit.BYTES)) {
            Set<DatasetVersion> versions = new LinkedHashSet<>();
            for (String name : names) {
                NameArgument argument = NameArgument.parse(name, catalog);
                DatasetVersion meant = catalog.registry().resolve(argument.name(), argument.selector());
                versions.addAll(
                        argument.hasVersion()
                                ? List.of(meant)
                                : catalog.registry().versions(argument.name()));
            }
            result = new BundleExport(catalog.registry()).write(versions, withLineage, to, bar);
        }
        if (json) {
            terminal.write(
                    true,
                    ROW,
                    List.of(List.of(
                            to.toString(), result.versions(), result.ancestors(), result.files(), result.bytes())));
        } else {
            terminal.out()
                    .println(
                            "Exported " + result.versions() + (result.versions() == 1 ? " version" : " versions") + ", "
                                    + result.files() + (result.files() == 1 ? " file, " : " files, ")
                                    + ByteSize.text(result.bytes()) + " to " + to);
        }
        return 0;
    }
}
