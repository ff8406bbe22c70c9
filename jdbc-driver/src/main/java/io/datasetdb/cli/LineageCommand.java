// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.Direction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a version was made from, or what was made from it, as a tree. */
@Command(
        name = "lineage",
        description = "Show what a dataset was made from, or with --down what was made from it.",
        mixinStandardHelpOptions = true)
final class LineageCommand implements Callable<Integer> {
    private static final Schema DROPPED = Schema.of(
            Field.required("namespace", DataType.VARCHAR),
            Field.required("project", DataType.VARCHAR),
            Field.required("name", DataType.VARCHAR),
            Field.required("version", DataType.VARCHAR));

    private final Main.Terminal terminal;

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = NameArgument.LABEL, description = "Whose; also one that was dropped.")
    private String name = "";

    @Option(names = "--down", description = "What was made from it.")
    private boolean down;

    @Option(names = "--depth", paramLabel = "N", description = "How many steps. Default: all.")
    private int depth = Integer.MAX_VALUE;

    @Option(names = "--json", description = "The edges, a JSON object a line, nearest first.")
    private boolean json;

    LineageCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (depth < 0) {
            throw io.datasetdb.jdbc.internal.Failures.of(
                    "Cannot show lineage: --depth must not be negative (" + depth + ")", "22023", null);
        }
        try (Catalog catalog = place.catalog()) {
            Catalog.Found version = catalog.find(NameArgument.parse(name, catalog));
            List<List<@Nullable Object>> edges = catalog.lineage(version, down ? Direction.DOWN : Direction.UP, depth);
            if (json) {
                terminal.write(true, Catalog.LINEAGE, edges);
                return 0;
            }
            Set<String> dropped = new HashSet<>();
            for (List<@Nullable Object> row :
                    catalog.rows("versions", DROPPED, Map.of("state", "DROPPED"), "namespace, project, name")) {
                dropped.add(row.get(0) + "." + row.get(1) + "." + row.get(2) + "@" + row.get(3));
            }
            new LineageTree(edges, dropped).write(version.toString(), terminal.out());
        }
        return 0;
    }
}
