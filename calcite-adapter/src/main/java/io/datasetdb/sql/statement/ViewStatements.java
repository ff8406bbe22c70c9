// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.View;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlCreateView;
import io.datasetdb.sql.parse.SqlDropView;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.FunctionTables;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.QueryPlanner;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** CREATE VIEW and DROP VIEW. A view whose query cannot be planned is not created. */
final class ViewStatements {
    private ViewStatements() {}

    static String create(StatementContext context, SqlCreateView node, String sql) {
        DatasetName name = context.name(node.name());
        if (node.ifNotExists() && context.registry().view(name).isPresent()) {
            return "View " + name + " exists";
        }
        View view = new View(
                name,
                node.comment(),
                node.columns(),
                node.queryText(),
                context.options().namespace(),
                context.options().project(),
                StatementText.of(sql),
                context.options().author(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        check(context, view, node.query());
        context.registry().createView(view, node.replace());
        return "Created view " + name;
    }

    static String drop(StatementContext context, SqlDropView node) {
        DatasetName name = context.name(node.name());
        if (node.ifExists()
                && context.registry().view(name).isEmpty()
                && context.registry().dataset(name).isEmpty()) {
            return "There is no view " + name;
        }
        context.registry().dropView(name);
        return "Dropped view " + name;
    }

    /** The columns of a view as its query yields them now; empty if it cannot be planned any more. */
    static Optional<Schema> columns(StatementContext context, DatasetName name) {
        try {
            return Optional.of(plan(context, name).schema());
        } catch (DatasetDbException e) {
            return Optional.empty();
        }
    }

    /** A view's whole query, planned. */
    static PlannedQuery plan(StatementContext context, DatasetName name) {
        String query =
                "SELECT * FROM " + quoted(name.namespace()) + "." + quoted(name.project()) + "." + quoted(name.name());
        StatementCatalog catalog =
                QueryPlans.newCatalog(context, context.session().objects());
        return plan(context, catalog, StatementParser.parse(query));
    }

    private static String quoted(String part) {
        return '"' + part.replace("\"", "\"\"") + '"';
    }

    private static PlannedQuery plan(StatementContext context, StatementCatalog catalog, SqlNode query) {
        return new QueryPlanner(
                        catalog,
                        FunctionTables.forStatement(catalog),
                        context.settings().get())
                .plan(query);
    }

    private static void check(StatementContext context, View view, SqlNode query) {
        // The parameters of the session may be used; its temporary datasets would be gone before the view.
        StatementCatalog catalog =
                QueryPlans.newCatalog(context, context.session().objects()).of(view);
        PlannedQuery plan = plan(context, catalog, query);
        if (!plan.parameters().isEmpty()) {
            throw refused(view, "its query has parameters, a view can have none", "?");
        }
        if (catalog.views().contains(view.name())) {
            throw refused(view, "it would read itself", view.name().toString());
        }
        List<String> columns = view.columns().isEmpty()
                ? plan.schema().fields().stream().map(Field::name).toList()
                : view.columns();
        if (columns.size() != plan.schema().size()) {
            throw refused(
                    view,
                    "it names " + columns.size() + " columns, its query has another number of them",
                    String.valueOf(plan.schema().size()));
        }
        Set<String> keys = new HashSet<>();
        for (String column : columns) {
            if (!keys.add(DatasetName.key(column))) {
                throw new DatasetDbException(
                        SqlError.DUPLICATE_COLUMN,
                        "Cannot create view " + view.name() + ": two columns have the same name (" + column + ")");
            }
        }
    }

    private static DatasetDbException refused(View view, String reason, String value) {
        return new DatasetDbException(
                SqlError.INVALID_DEFINITION, "Cannot create view " + view.name() + ": " + reason + " (" + value + ")");
    }
}
