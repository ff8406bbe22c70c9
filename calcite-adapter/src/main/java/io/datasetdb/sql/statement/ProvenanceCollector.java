// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Dependency;
import io.datasetdb.registry.FunctionUse;
import io.datasetdb.registry.Param;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.vector.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads off a plan what a deposit was made from. */
final class ProvenanceCollector {
    /** With what the hash of a function of ours begins. */
    static final String BUILTIN = "builtin ";

    private ProvenanceCollector() {}

    static Provenance of(
            StatementContext context,
            PlannedQuery plan,
            List<@Nullable Object> arguments,
            @Nullable String statement,
            Instant startedAt,
            @Nullable String jobId) {
        Set<FunctionUse> functions = new LinkedHashSet<>();
        Set<Param> params = new LinkedHashSet<>(params(plan.parameters(), arguments));
        params.addAll(plan.params());
        functions.addAll(functions(context, plan));
        for (BatchTable source : plan.sources()) {
            source.madeBy().ifPresent(made -> {
                functions.addAll(made.functionUses());
                params.addAll(made.params());
            });
        }
        return new Provenance(
                statement,
                context.options().script(),
                context.options().scriptName(),
                context.options().author(),
                context.options().client(),
                startedAt,
                Instant.now(),
                Engine.version(),
                List.copyOf(dependencies(plan)),
                List.copyOf(params),
                List.copyOf(functions),
                plan.columnLineage(),
                null,
                jobId,
                Recipes.of(context, plan));
    }

    /** The provenance of a deposit that also read what another tells, as for its metrics. */
    static Provenance both(Provenance deposit, Provenance alsoRead) {
        Recipe recipe = deposit.recipe();
        Recipe also = alsoRead.recipe();
        return deposit.withRecipe(recipe == null || also == null ? recipe : Recipes.both(recipe, also))
                .withDependencies(ChangeProvenance.both(deposit.dependencies(), alsoRead.dependencies()))
                .withUses(
                        ChangeProvenance.both(deposit.params(), alsoRead.params()),
                        ChangeProvenance.both(deposit.functionUses(), alsoRead.functionUses()));
    }

    /** The library's functions that a plan calls. */
    static List<FunctionUse> functions(StatementContext context, PlannedQuery plan) {
        return plan.functions().stream()
                .map(name ->
                        new FunctionUse(name, context.functions().hash(name).orElse(BUILTIN + Engine.version())))
                .toList();
    }

    private static void collect(BatchTable source, Set<Dependency> dependencies) {
        Optional<VersionRef> version = source.version().map(DatasetVersion::ref);
        if (source.inputs().isEmpty()) {
            version.ifPresent(parent -> dependencies.add(new Dependency.OnDataset(parent)));
        }
        source.inputs().forEach(uri -> dependencies.add(new Dependency.OnStorage(uri, version.orElse(null))));
    }

    private static Set<Dependency> dependencies(PlannedQuery plan) {
        Set<Dependency> dependencies = new LinkedHashSet<>();
        for (BatchTable source : plan.sources()) {
            // What a temporary dataset was made from stands for it.
            source.madeBy().ifPresent(made -> dependencies.addAll(made.dependencies()));
            collect(source, dependencies);
        }
        return dependencies;
    }

    /** What a plan reads, in one line each: {@code namespace.project.name@version} and URIs. */
    static List<String> inputs(PlannedQuery plan) {
        return inputs(dependencies(plan));
    }

    /** The same, of what is recorded with a version. */
    static List<String> inputs(Collection<Dependency> dependencies) {
        return dependencies.stream().map(ProvenanceCollector::input).toList();
    }

    private static String input(Dependency dependency) {
        if (dependency instanceof Dependency.OnDataset on) {
            return on.parent().toString();
        }
        return dependency instanceof Dependency.OnStorage on ? on.uri() : ((Dependency.OnExternal) dependency).uri();
    }

    private static List<Param> params(List<Field> parameters, List<@Nullable Object> arguments) {
        List<Param> result = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            String text = i < parameters.size()
                    ? ParamText.of(argument, parameters.get(i).type())
                    : ParamText.of(argument);
            result.add(new Param("?" + (i + 1), text, Param.Origin.BOUND));
        }
        return result;
    }
}
