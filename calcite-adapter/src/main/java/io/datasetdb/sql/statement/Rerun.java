// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Dependency;
import io.datasetdb.registry.Param;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.Recipe;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlCreateDataset;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.SessionObjects;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a version, to be planned again with the defaults, the user and the parameters that it had then. Every
 * failure says what cannot be done with which version.
 */
final class Rerun {
    private final StatementContext context;
    private final String verb;
    private final DatasetVersion version;
    private final Provenance provenance;
    private final String statement;
    private final Recipe recipe;

    private Rerun(
            StatementContext context,
            String verb,
            DatasetVersion version,
            Provenance provenance,
            String statement,
            Recipe recipe) {
        this.context = context;
        this.verb = verb;
        this.version = version;
        this.provenance = provenance;
        this.statement = statement;
        this.recipe = recipe;
    }

    /**
     * The statement of a version.
     *
     * @param verb what is about to be done, as errors say it
     */
    static Rerun of(StatementContext context, String verb, DatasetVersion version) {
        if (version.name().isSystem()) {
            throw error(verb, version, "it is the listing of a folder or bucket");
        }
        Provenance provenance = version.provenance();
        String statement = provenance.statement();
        if (statement == null) {
            throw error(verb, version, "no statement is recorded with it, a program made it");
        }
        Recipe known = provenance.recipe();
        Recipe recipe = known == null ? guessed(context, provenance) : known;
        SessionOptions options = context.options()
                .withProject(recipe.namespace(), recipe.project())
                .withUser(recipe.user());
        SessionState session = new SessionState(context.running().readers());
        session.change(none -> params(recipe));
        return new Rerun(context.with(options, session), verb, version, provenance, statement, recipe);
    }

    /** Releases before format 5 recorded no defaults; names were most likely those that the inputs have now. */
    private static Recipe guessed(StatementContext context, Provenance provenance) {
        List<Recipe.Input> inputs = new ArrayList<>();
        for (Dependency dependency : provenance.dependencies()) {
            if (dependency instanceof Dependency.OnDataset on) {
                String name = DatasetName.key(on.parent().name().toString());
                inputs.add(new Recipe.Input(name, on.parent(), null, null, List.of()));
            }
        }
        return new Recipe(
                SessionOptions.DEFAULT_NAMESPACE,
                SessionOptions.DEFAULT_PROJECT,
                context.options().user(),
                inputs);
    }

    private static SessionObjects params(Recipe recipe) {
        SessionObjects objects = SessionObjects.NONE;
        for (Recipe.Input input : recipe.inputs()) {
            if (input.name().startsWith(Recipes.PARAM) && input.definition() != null) {
                String name = input.name().substring(Recipes.PARAM.length());
                objects =
                        objects.withParam(name, new SessionObjects.Value(name, input.definition(), input.definition()));
            }
        }
        return objects;
    }

    /** What the statement runs in, as it was then. */
    StatementContext context() {
        return context;
    }

    Provenance provenance() {
        return provenance;
    }

    Recipe recipe() {
        return recipe;
    }

    /** When the statement began. */
    Instant startedAt() {
        return provenance.startedAt();
    }

    /** Whether the statement changed the rows of another version. */
    boolean isChange() {
        return Changes.include(StatementParser.parse(statement));
    }

    /** Whether the statement says in which order its rows are. */
    boolean isOrdered() {
        return !isChange() && query() instanceof SqlOrderBy ordered && !ordered.orderList.isEmpty();
    }

    /** The metrics of the statement, to be measured anew; {@code names} as for {@link #plan(Consumer)}. */
    Optional<ResultMetrics> metrics(Schema columns, Consumer<StatementCatalog> names) {
        Supplier<List<SqlNode>> parse = () ->
                StatementParser.parse(statement) instanceof SqlCreateDataset create ? create.metrics() : List.of();
        try {
            return parse.get().isEmpty()
                    ? Optional.empty()
                    : Optional.of(ResultMetrics.of(context, version.name(), parse, columns, names));
        } catch (DatasetDbException e) {
            throw e.code() == SqlError.NOT_REPEATABLE ? e : error(e);
        }
    }

    /** The query whose rows the version holds, a new tree each time. */
    private SqlNode query() {
        SqlNode node = StatementParser.parse(statement);
        if (node instanceof SqlCreateDataset create) {
            return create.query();
        }
        throw error(
                "it was made by " + node.getKind() + ", which changed the version before it; CREATE OR REPLACE DATASET"
                        + " makes one from its inputs alone");
    }

    /** Fails if the version was made of another one. */
    void checkQuery() {
        query();
    }

    /**
     * Plans the query.
     *
     * @param names says what names are to mean; all others mean what they mean now
     */
    PlannedQuery plan(Consumer<StatementCatalog> names) {
        return plan(names, (catalog, planner, values) -> planner.plan(query(), values));
    }

    /** Plans the rows that the statement adds to those of a version, or changes. */
    PlannedQuery planChange(Consumer<StatementCatalog> names, DatasetVersion base) {
        DatasetName target = target();
        return plan(
                catalog -> {
                    names.accept(catalog);
                    catalog.fixTarget(target, base.schema());
                },
                Changes.planning(statement, target));
    }

    private DatasetName target() {
        SqlNode target = Changes.target(StatementParser.parse(statement));
        if (target instanceof SqlIdentifier name) {
            return context.name(name);
        }
        throw error("its statement names no dataset that it changes");
    }

    /**
     * The rows of the version, made again out of those of the version before it.
     *
     * @param before yields all rows of that version
     * @param rows yields those of the plan of the change
     */
    BatchSource changed(DatasetVersion base, Supplier<RunningQuery> before, Supplier<RunningQuery> rows) {
        SqlNode node = StatementParser.parse(statement);
        if (node instanceof SqlInsert) {
            return new InTurn(before.get(), rows.get());
        }
        ChangeQuery query = ChangeQuery.of(node, target(), base.schema());
        return new ChangedAgain(context, base, rows.get(), query, ChangeQuery.action(node, target()));
    }

    private PlannedQuery plan(Consumer<StatementCatalog> names, QueryPlans.Planning planning) {
        try {
            PlannedQuery plan = QueryPlans.once(context, names, planning, null, Map.of());
            if (plan.parameters().isEmpty()) {
                return plan;
            }
            List<@Nullable Object> values = arguments(plan);
            return QueryPlans.once(context, names, planning, values, WiderTypes.of(plan.parameters(), values));
        } catch (DatasetDbException e) {
            throw e.code() == SqlError.NOT_REPEATABLE ? e : error(e);
        }
    }

    /** The values that the {@code ?} had. */
    List<@Nullable Object> arguments(PlannedQuery plan) {
        List<Param> bound = provenance.params().stream()
                .filter(param -> param.origin() == Param.Origin.BOUND)
                .toList();
        List<@Nullable Object> values = new ArrayList<>();
        for (Field parameter : plan.parameters()) {
            Param param = bound.stream()
                    .filter(known -> known.name().equals(parameter.name()))
                    .findFirst()
                    .orElseThrow(() -> error("the value of its parameter " + parameter.name() + " is not recorded"));
            try {
                values.add(ParamText.value(parameter, param.value()));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw error("the value of its parameter " + parameter.name() + " is not of its type now ("
                        + param.value() + ")");
            } catch (DatasetDbException e) {
                throw error(e);
            }
        }
        return values;
    }

    /** What cannot be done, and why. */
    DatasetDbException error(String reason) {
        return error(verb, version, reason);
    }

    /** What is not known of a name that the statement has. */
    DatasetDbException unrecorded(String name) {
        return error("what the name " + name + " meant is not recorded, perhaps a temporary dataset");
    }

    /** The failure of a step, told as that of the whole. */
    DatasetDbException error(DatasetDbException cause) {
        String message = String.valueOf(cause.getMessage());
        String prefix = message(verb, version, "");
        String reason = Character.toLowerCase(message.charAt(0)) + message.substring(1);
        return message.startsWith(prefix) ? cause : new DatasetDbException(cause.code(), prefix + reason, cause);
    }

    private static DatasetDbException error(String verb, DatasetVersion version, String reason) {
        return new DatasetDbException(SqlError.NOT_REPEATABLE, message(verb, version, reason));
    }

    private static String message(String verb, DatasetVersion version, String reason) {
        return "Cannot " + verb + " dataset " + version + ": " + reason;
    }
}
