// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.registry.Garbage;
import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Registry;
import io.datasetdb.sql.ByteSize;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what no version needs any more. */
@Command(
        name = "gc",
        description = {
            "Remove what no version needs any more.",
            "That is: folders of deposits that were cut off, files of dropped versions and superseded listings,"
                    + " versions beyond their dataset's retention, jars of functions that are gone.",
            "Others may deposit and read meanwhile. What is not this warehouse's own is named and stays."
        },
        mixinStandardHelpOptions = true)
final class GcCommand implements Callable<Integer> {
    private static final Schema ROWS = Schema.of(
            Field.required("kind", DataType.VARCHAR),
            Field.required("what", DataType.VARCHAR),
            Field.of("files", DataType.BIGINT),
            Field.of("bytes", DataType.BIGINT),
            Field.required("reason", DataType.VARCHAR));

    private final Main.Terminal terminal;

    @Mixin
    private Place.Folder place = new Place.Folder();

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(
            names = "--keep-days",
            paramLabel = "DAYS",
            description =
                    "For how long files of dropped versions and superseded listings, and checkpoints, stay. Default: 7")
    private long keepDays = GarbageCollection.KEEP.toDays();

    @Option(names = "--json", description = "A JSON object for each thing, a line each.")
    private boolean json;

    GcCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (keepDays < 0 || keepDays > 36_500) {
            throw Failures.of(
                    "Cannot collect garbage: --keep-days must be from 0 to 36500 (" + keepDays + ")", "22023", null);
        }
        List<Garbage> garbage;
        try (Registry registry = Registry.open(place.path());
                ProgressBar bar = terminal.progress("gc", ProgressBar.Unit.THINGS)) {
            GarbageCollection collection = new GarbageCollection(registry, Duration.ofDays(keepDays));
            garbage = dryRun ? collection.find() : collection.collect(bar);
        }
        List<List<@Nullable Object>> rows = garbage.stream().map(GcCommand::row).toList();
        if (json) {
            terminal.write(true, ROWS, rows);
            return 0;
        }
        if (!rows.isEmpty()) {
            terminal.write(false, ROWS, rows);
        }
        long bytes = garbage.stream().mapToLong(Garbage::bytes).sum();
        long files =
                garbage.stream().mapToLong(each -> Math.max(0, each.files())).sum();
        long foreign = garbage.stream()
                .filter(each -> each.kind() == Garbage.Kind.FOREIGN)
                .count();
        terminal.out()
                .println((dryRun ? "Would delete " : "Deleted ")
                        + files
                        + (files == 1 ? " file, " : " files, ")
                        + ByteSize.text(bytes)
                        + (foreign == 0 ? "" : "; left what is not the warehouse's own (" + foreign + ")"));
        return 0;
    }

    private static List<@Nullable Object> row(Garbage garbage) {
        boolean foreign = garbage.kind() == Garbage.Kind.FOREIGN;
        return Arrays.asList(
                garbage.kind().name().toLowerCase(Locale.ROOT),
                garbage.name(),
                foreign ? null : garbage.files(),
                foreign ? null : garbage.bytes(),
                garbage.reason());
    }
}
