// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Direction;
import io.datasetdb.registry.LineageRow;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.sql.SqlError;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code registry.lineage(name, direction, depth)}: the edges that lead from a version to what it was made from, or to what
 * was made from it, nearest first and each once. Dropped versions are part of it.
 */
record LineageFunction(Registry registry, RegistryFunctions.Versions versions) implements TableFunction {
    /** Names of datasets hold no dots within a part, so that none begins like this. */
    private static final Pattern URI = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+-]*:(//|[a-z]+:)");

    private static final Schema SCHEMA = Schema.of(
            Field.required("depth", DataType.INTEGER),
            Field.of("namespace", DataType.VARCHAR),
            Field.of("project", DataType.VARCHAR),
            Field.of("name", DataType.VARCHAR),
            Field.of("version", DataType.VARCHAR),
            Field.required("kind", DataType.VARCHAR),
            Field.of("uri", DataType.VARCHAR),
            Field.required("via", DataType.VARCHAR));

    @Override
    public String name() {
        return "registry.lineage";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(
                        "name",
                        DataType.VARCHAR,
                        true,
                        "A dataset, perhaps with @ and a version or a range, or a URI as dependencies show it."),
                new Parameter(
                        "direction",
                        DataType.VARCHAR,
                        false,
                        "UP, by default: to what it was made from; DOWN: to what was made from it."),
                new Parameter("depth", DataType.BIGINT, false, "How many steps to go, by default to the end."));
    }

    @Override
    public String description() {
        return "What a version was made from, or what was made from it, step by step.";
    }

    @Override
    public String example() {
        return "SELECT * FROM TABLE(registry.lineage('x@1.0.0', 'UP', 3))";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> arguments, DatasetStore store) {
        String name = (String) Objects.requireNonNull(arguments.get(0));
        Direction direction = direction((String) arguments.get(1));
        int depth = depth((Long) arguments.get(2));
        if (URI.matcher(name).find()) {
            return new RowsTable(SCHEMA, () -> ofStorage(name, direction, depth));
        }
        DatasetVersion start = versions.named(name);
        return new RowsTable(
                SCHEMA,
                () -> registry.lineage(start, direction, depth).stream()
                        .map(edge -> row(edge, start.toString()))
                        .toList());
    }

    /** Storage is where lineage begins: there is nothing above it. */
    private List<List<@Nullable Object>> ofStorage(String uri, Direction direction, int depth) {
        List<LineageRow> edges = registry.lineage(uri, depth);
        return direction == Direction.UP
                ? List.of()
                : edges.stream().map(edge -> row(edge, uri)).toList();
    }

    private static Direction direction(@Nullable String text) {
        return Arrays.stream(Direction.values())
                .filter(known -> known.name().equalsIgnoreCase(text == null ? "UP" : text))
                .findFirst()
                .orElseThrow(() -> new DatasetDbException(
                        SqlError.INVALID_ARGUMENT,
                        "Cannot call registry.lineage: direction must be UP or DOWN (" + text + ")"));
    }

    private static int depth(@Nullable Long steps) {
        if (steps == null) {
            return Integer.MAX_VALUE;
        }
        if (steps < 0) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot call registry.lineage: depth must not be negative (" + steps + ")");
        }
        return (int) Math.min(steps, Integer.MAX_VALUE);
    }

    private static List<@Nullable Object> row(LineageRow edge, String start) {
        VersionRef node = edge.node();
        return Arrays.asList(
                edge.depth(),
                node == null ? null : node.name().namespace(),
                node == null ? null : node.name().project(),
                node == null ? null : node.name().name(),
                node == null ? null : node.version().toString(),
                edge.kind().name(),
                edge.uri(),
                edge.via() == null ? start : edge.via().toString());
    }
}
