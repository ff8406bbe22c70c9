// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.plan.FunctionTables;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.QueryPlanner;
import io.datasetdb.sql.schema.StatementCatalog;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;

/**
 * The plan of one prepared query, made anew when a name has come to mean another version since. Validation changes its
 * input, so every plan starts from a fresh parse.
 */
public final class QueryPlans {
    private final StatementContext context;
    private final Supplier<SqlNode> parse;
    private StatementCatalog catalog;
    private PlannedQuery plan;
    private boolean fresh = true;

    /**
     * Plans the query a first time.
     *
     * @param parse yields the query's node, a new one each time
     */
    public QueryPlans(StatementContext context, Supplier<SqlNode> parse) {
        this.context = context;
        this.parse = parse;
        this.catalog = newCatalog(context);
        this.plan = plan(catalog);
    }

    /** The plan made last, for its columns and parameters. */
    public synchronized PlannedQuery latest() {
        return plan;
    }

    /** A plan on what the names mean now. */
    public synchronized PlannedQuery current() {
        // What was planned a moment ago for this very execution is current; files outside may change unseen later.
        boolean usable = catalog.isCurrent() && (fresh || !catalog.readsFiles());
        if (!usable) {
            catalog = newCatalog(context);
            plan = plan(catalog);
        }
        fresh = false;
        return plan;
    }

    private PlannedQuery plan(StatementCatalog names) {
        return new QueryPlanner(names, FunctionTables.forStatement(names)).plan(parse.get());
    }

    private static StatementCatalog newCatalog(StatementContext context) {
        return new StatementCatalog(
                context.registry(),
                context.store(),
                context.functions(),
                new Listings(context),
                context.options().namespace(),
                context.options().project());
    }
}
