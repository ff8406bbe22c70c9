// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The commands that have their names but do not work yet: they say so, whatever they are given. */
@Command(hidden = true)
final class LaterCommand implements Callable<Integer> {
    /** Their names. */
    static final List<String> NAMES = List.of("diff", "rm", "edit", "gc", "verify");

    @Spec
    private @Nullable CommandSpec spec;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        String command = spec == null ? "" : spec.name();
        String given = arguments.isEmpty() ? "" : " " + String.join(" ", arguments);
        throw Failures.of(
                "Cannot run " + command + given + ": this release, " + io.datasetdb.sql.Engine.version()
                        + ", does not have the command yet",
                "0A000",
                null);
    }
}
