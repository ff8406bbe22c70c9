// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.plan.FunctionTables;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.QueryPlanner;
import io.datasetdb.sql.schema.SessionObjects;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * The plan of one prepared query, made anew when a name has come to mean another version since, or the session has other
 * settings, parameters or temporary datasets. Validation changes its input, so every plan starts from a fresh parse.
 */
public final class QueryPlans {
    /** Makes the plan of a statement. */
    public interface Planning {
        /**
         * Plans from a fresh parse.
         *
         * @param names what names mean
         * @param planner of these names
         * @param arguments values of the parameters, {@code null} before they are known
         */
        PlannedQuery plan(StatementCatalog names, QueryPlanner planner, @Nullable List<@Nullable Object> arguments);
    }

    /**
     * A plan for values that do not fit the types that the places of their parameters say.
     *
     * @param base the plan of which it is the other
     * @param types what {@link WiderTypes} says of the values
     */
    private record WiderPlan(PlannedQuery base, Map<Integer, DataType> types, PlannedQuery plan) {}

    private final StatementContext context;
    private final Planning planning;
    private final @Nullable String text;
    private StatementCatalog catalog;
    private Settings settings;
    private SessionObjects objects;
    private PlannedQuery plan;
    private @Nullable WiderPlan wider;
    private boolean fresh;
    private long planningNanos;

    /**
     * Plans the query a first time.
     *
     * @param parse yields the query's node, a new one each time
     * @param text what alone decides on the node, so that a plan may be kept by it; {@code null} if more does
     */
    public QueryPlans(StatementContext context, @Nullable String text, Supplier<SqlNode> parse) {
        this(context, text, (names, planner, arguments) -> planner.plan(parse.get(), arguments));
    }

    /** As the other, for statements whose plan is more than that of a query. */
    public QueryPlans(StatementContext context, @Nullable String text, Planning planning) {
        this.context = context;
        this.planning = planning;
        this.text = text;
        this.fresh = context.runsAtOnce();
        long start = System.nanoTime();
        this.settings = context.settings().get();
        this.objects = context.session().objects();
        PlanCache.KeptPlan entry = make(settings, objects, null, Map.of());
        this.catalog = entry.catalog();
        this.plan = entry.plan();
        this.planningNanos = System.nanoTime() - start;
    }

    /** How long it took to get the plan made last, in nanoseconds. */
    public synchronized long planningNanos() {
        return planningNanos;
    }

    /** The plan kept for this text, if names still mean the same, else a new one. */
    private PlanCache.KeptPlan make(
            Settings wanted,
            SessionObjects session,
            @Nullable List<@Nullable Object> arguments,
            Map<Integer, DataType> types) {
        PlanCache.Key key = text == null
                ? null
                : new PlanCache.Key(
                        text,
                        context.options().namespace(),
                        context.options().project(),
                        wanted,
                        session,
                        context.functions(),
                        types);
        if (key != null) {
            Optional<PlanCache.KeptPlan> kept = context.planCache().find(key);
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        StatementCatalog names = newCatalog(context, session);
        QueryPlanner planner = new QueryPlanner(names, FunctionTables.forStatement(names), wanted, types);
        PlannedQuery made = planning.plan(names, planner, arguments);
        PlanCache.KeptPlan entry = new PlanCache.KeptPlan(names, made);
        if (key != null) {
            context.planCache().keep(key, entry);
        }
        return entry;
    }

    /** The plan made last, for its columns and parameters. */
    public synchronized PlannedQuery latest() {
        return plan;
    }

    /** A plan on what the names mean now, to be run with these values of the parameters. */
    public synchronized PlannedQuery current(List<@Nullable Object> arguments) {
        // What was planned a moment ago for this very execution is current; files outside may change unseen later.
        Settings wanted = context.settings().get();
        SessionObjects session = context.session().objects();
        boolean usable = settings.equals(wanted)
                && objects.equals(session)
                && catalog.isCurrent()
                && !catalog.isMomentary()
                && (fresh || !catalog.readsFiles());
        if (!usable) {
            long start = System.nanoTime();
            PlanCache.KeptPlan entry = make(wanted, session, arguments, Map.of());
            planningNanos = System.nanoTime() - start;
            settings = wanted;
            objects = session;
            catalog = entry.catalog();
            plan = entry.plan();
        }
        fresh = false;
        Map<Integer, DataType> types = WiderTypes.of(plan.parameters(), arguments);
        return types.isEmpty() ? plan : wider(types, arguments);
    }

    /** The columns of a run with these values, if they may differ because numbers do not fit their parameters. */
    public Optional<Schema> otherSchema(List<@Nullable Object> arguments) {
        return WiderTypes.of(latest().parameters(), arguments).isEmpty()
                ? Optional.empty()
                : Optional.of(current(arguments).schema());
    }

    // A plan is the same plan only if it is that object.
    @SuppressWarnings("ReferenceEquality")
    private PlannedQuery wider(Map<Integer, DataType> types, List<@Nullable Object> arguments) {
        WiderPlan known = wider;
        if (known == null || known.base() != plan || !known.types().equals(types)) {
            long start = System.nanoTime();
            known = new WiderPlan(
                    plan, types, make(settings, objects, arguments, types).plan());
            planningNanos = System.nanoTime() - start;
            wider = known;
        }
        return known.plan();
    }

    /**
     * Plans a query for one execution.
     *
     * @param names says what names are to mean
     */
    static PlannedQuery once(
            StatementContext context,
            Consumer<StatementCatalog> names,
            SqlNode query,
            @Nullable List<@Nullable Object> arguments) {
        return once(context, names, (catalog, planner, values) -> planner.plan(query, values), arguments, Map.of());
    }

    /**
     * As the other, for statements whose plan is more than that of a query.
     *
     * @param types of parameters whose values do not fit their places, see {@link WiderTypes}
     */
    static PlannedQuery once(
            StatementContext context,
            Consumer<StatementCatalog> names,
            Planning planning,
            @Nullable List<@Nullable Object> arguments,
            Map<Integer, DataType> types) {
        StatementCatalog catalog = newCatalog(context, context.session().objects());
        names.accept(catalog);
        QueryPlanner planner = new QueryPlanner(
                catalog,
                FunctionTables.forStatement(catalog),
                context.settings().get(),
                types);
        return planning.plan(catalog, planner, arguments);
    }

    static StatementCatalog newCatalog(StatementContext context, SessionObjects session) {
        return new StatementCatalog(
                context.registry(),
                context.store(),
                context.functions(),
                new Listings(context),
                session,
                context.options().namespace(),
                context.options().project());
    }
}
