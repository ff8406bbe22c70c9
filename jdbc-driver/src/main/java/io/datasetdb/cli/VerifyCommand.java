// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.FileProblem;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.Verification;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.sql.ByteSize;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks whether all files are there and as they were deposited. */
@Command(
        name = "verify",
        description = {
            "Look whether all files are there and as they were deposited.",
            "Every file of every version that was not dropped must have the bytes that were written, and be readable,",
            "and the registry's database must be sound.",
            "Exit code 1 if something is wrong; what is, is named with the versions it belongs to. Changes nothing."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    private static final Schema ROWS = Schema.of(
            Field.required("problem", DataType.VARCHAR),
            Field.required("path", DataType.VARCHAR),
            Field.required("reason", DataType.VARCHAR),
            Field.required("versions", DataType.array(DataType.VARCHAR)));

    private final Main.Terminal terminal;

    @Mixin
    private Place.Folder place = new Place.Folder();

    @Option(names = "--quick", description = "Look at sizes only, not at bytes.")
    private boolean quick;

    @Option(names = "--json", description = "A JSON object for each problem, a line each.")
    private boolean json;

    VerifyCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = place.path();
        List<FileProblem> problems = new ArrayList<>();
        Verification.Result result;
        try (Registry registry = Registry.open(folder);
                DatasetStore store = DatasetStore.open(folder.toString(), 0);
                ProgressBar bar = terminal.progress("verify", ProgressBar.Unit.BYTES)) {
            result = new Verification(registry, store).run(quick, problems::add, bar);
        }
        if (json) {
            terminal.write(true, ROWS, problems.stream().map(VerifyCommand::row).toList());
        } else {
            problems.forEach(problem -> terminal.out()
                    .println(problem.kind() + " " + problem.path() + ": " + problem.reason() + owners(problem)));
            terminal.out()
                    .println((result.problems() == 0 ? "All is well: " : "Damaged: ")
                            + result.files()
                            + (result.files() == 1 ? " file of " : " files of ")
                            + result.versions()
                            + (result.versions() == 1 ? " version, " : " versions, ")
                            + ByteSize.text(result.bytes())
                            + (result.problems() == 0
                                    ? ""
                                    : "; " + result.problems() + (result.problems() == 1 ? " problem" : " problems")));
        }
        return result.problems() == 0 ? 0 : 1;
    }

    private static String owners(FileProblem problem) {
        return problem.owners().isEmpty()
                ? ""
                : problem.owners().stream().map(VersionRef::toString).collect(Collectors.joining(", ", " (", ")"));
    }

    private static List<@Nullable Object> row(FileProblem problem) {
        return Arrays.asList(
                problem.kind().name().toLowerCase(Locale.ROOT),
                problem.path(),
                problem.reason(),
                problem.owners().stream().map(VersionRef::toString).toList());
    }
}
