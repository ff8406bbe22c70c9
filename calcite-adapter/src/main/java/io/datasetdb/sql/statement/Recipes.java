// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Param;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.View;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.SessionObjects;
import io.datasetdb.store.StorageEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads off a plan how its statement is run again. */
final class Recipes {
    /** How provenance names the value of a parameter of the session. */
    static final String PARAM = "PARAM ";

    private Recipes() {}

    static Recipe of(StatementContext context, PlannedQuery plan) {
        SessionOptions options = context.options();
        List<Recipe.Input> inputs = new ArrayList<>();
        plan.found().tables().forEach((name, table) -> inputs.add(input(name, table)));
        plan.found().views().forEach(view -> inputs.add(input(view)));
        SessionObjects session = context.session().objects();
        for (Param param : plan.params()) {
            session.param(param.name())
                    .ifPresent(value ->
                            inputs.add(new Recipe.Input(PARAM + value.name(), null, value.sql(), null, List.of())));
        }
        return new Recipe(options.namespace(), options.project(), options.user(), inputs);
    }

    /** The first, with those inputs of the second that it lacks. */
    static Recipe both(Recipe first, Recipe second) {
        Map<String, Recipe.Input> inputs = new LinkedHashMap<>();
        first.inputs().forEach(input -> inputs.put(input.name(), input));
        second.inputs().forEach(input -> inputs.putIfAbsent(input.name(), input));
        return new Recipe(first.namespace(), first.project(), first.user(), List.copyOf(inputs.values()));
    }

    private static Recipe.Input input(View view) {
        return new Recipe.Input(DatasetName.key(view.name().toString()), null, definition(view), null, List.of());
    }

    /** All that decides on what a view yields: its columns' names, where the names in its query lead, and the query. */
    private static String definition(View view) {
        String columns = view.columns().stream()
                .map(column -> "\"" + column.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(", "));
        return "(" + columns + ") in " + view.defaultNamespace() + "." + view.defaultProject() + " AS " + view.query();
    }

    /** Whether a view is the one that was read then. Versions of earlier releases know its query alone. */
    static boolean isSame(View view, Recipe.@Nullable Input then) {
        String definition = then == null ? null : then.definition();
        return definition(view).equals(definition) || view.query().equals(definition);
    }

    private static Recipe.Input input(String name, BatchTable table) {
        List<Recipe.FileState> files = files(table);
        return new Recipe.Input(
                name,
                table.version().map(DatasetVersion::ref).orElse(null),
                null,
                files.isEmpty() ? null : fingerprint(files),
                files.size() <= Recipe.NAMED_FILES ? files : List.of());
    }

    /** The files that a table reads, as a recipe keeps them. */
    static List<Recipe.FileState> files(BatchTable table) {
        return table.files().stream().map(Recipes::state).toList();
    }

    private static Recipe.FileState state(StorageEntry file) {
        return new Recipe.FileState(uri(file.source(), file.path()), file.size(), file.etag());
    }

    /** Where a file of a listing is. */
    static String uri(String source, String path) {
        return source + "/" + path;
    }

    /** The same for the same files, in the order in which they were listed. */
    static String fingerprint(List<Recipe.FileState> files) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (Recipe.FileState file : files) {
            digest.update((file.uri() + "|" + file.size() + "|" + file.etag() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
