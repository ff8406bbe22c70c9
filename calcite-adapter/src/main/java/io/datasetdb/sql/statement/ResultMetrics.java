// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.ResultTable;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The METRICS of a CREATE DATASET: aggregates of the rows that were written, or values of queries, recorded with the version
 * in the commit that makes it visible. The name of the dataset means these rows; other names mean what they meant when the
 * statement began.
 */
final class ResultMetrics {
    private final StatementContext context;
    private final DatasetName name;
    private final Supplier<List<SqlNode>> parse;
    private final PlannedQuery planned;

    private ResultMetrics(
            StatementContext context,
            DatasetName name,
            Supplier<List<SqlNode>> parse,
            Schema columns,
            Consumer<StatementCatalog> names) {
        this.context = context;
        this.name = name;
        this.parse = parse;
        this.planned = plan(columns, List.of(), names);
    }

    /**
     * The metrics of a statement that is about to run; fails if they cannot be computed of such columns.
     *
     * @param parse yields {@code value AS name} for each, new nodes each time
     * @param names says what names are to mean; all others mean what they mean now
     */
    static ResultMetrics of(
            StatementContext context,
            DatasetName name,
            Supplier<List<SqlNode>> parse,
            Schema columns,
            Consumer<StatementCatalog> names) {
        parse.get().forEach(metric -> checkNoParameters(name, metric));
        return new ResultMetrics(context, name, parse, columns, names);
    }

    /** What they read, and the dataset itself without rows. */
    PlannedQuery planned() {
        return planned;
    }

    private static void checkNoParameters(DatasetName name, SqlNode metric) {
        metric.accept(new SqlBasicVisitor<Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                throw new DatasetDbException(
                        SqlError.UNSUPPORTED,
                        "Cannot create dataset " + name + ": METRICS take no parameters, registry.set_metric does"
                                + Changes.at(parameter));
            }
        });
    }

    /** Measures the rows of a draft, and has it keep that; answers what was read. */
    PlannedQuery record(Deposit deposit, VersionDraft draft) {
        PlannedQuery plan = plan(
                draft.schema(), draft.files(), names -> planned.found().tables().forEach(names::fix));
        try (RunningQuery query = deposit.query(plan, List.of())) {
            for (Batch batch = query.next(); batch != null; batch = query.next()) {
                for (int i = 0; i < plan.schema().size(); i++) {
                    Object value = batch.column(i).getObject(batch.selection().position(0));
                    Metric metric = Metric.of(plan.schema().field(i).name(), value);
                    draft.record(metric.name(), metric.value());
                }
            }
        }
        return plan;
    }

    /** What the names in the metrics meant. */
    Recipe recipe(PlannedQuery measured) {
        return Recipes.of(context, measured);
    }

    private PlannedQuery plan(Schema columns, List<DataFile> files, Consumer<StatementCatalog> names) {
        ResultTable rows = new ResultTable("result " + name, columns, files, context.store());
        return QueryPlans.once(
                context,
                catalog -> {
                    names.accept(catalog);
                    catalog.fix(DatasetName.key(name.toString()), rows);
                },
                query(),
                null);
    }

    /** {@code SELECT CAST(value AS DOUBLE) AS name, … FROM dataset GROUP BY ()}, which yields one row. */
    private SqlNode query() {
        List<SqlNode> metrics = parse.get();
        SqlParserPos pos = metrics.get(0).getParserPosition();
        List<SqlNode> items = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SqlNode node : metrics) {
            SqlCall metric = (SqlCall) node;
            SqlIdentifier called = metric.operand(1);
            if (called.names.get(0).isBlank()) {
                throw Metric.refused("the metric has no name", called.names.get(0));
            }
            if (!names.add(called.getSimple().toLowerCase(Locale.ROOT))) {
                throw new DatasetDbException(
                        SqlError.DUPLICATE_COLUMN,
                        "Cannot create dataset " + name + ": metric " + called.getSimple() + " is given twice"
                                + Changes.at(called));
            }
            SqlNode value = Metric.cast(metric.operand(0), SqlTypeName.DOUBLE);
            items.add(SqlStdOperatorTable.AS.createCall(called.getParserPosition(), value, called));
        }
        SqlIdentifier full = new SqlIdentifier(List.of(name.namespace(), name.project(), name.name()), pos);
        SqlNode from = SqlStdOperatorTable.AS.createCall(pos, full, new SqlIdentifier(name.name(), pos));
        SqlNodeList once = SqlNodeList.of(SqlNodeList.EMPTY);
        return new SqlSelect(
                pos, null, new SqlNodeList(items, pos), from, null, once, null, null, null, null, null, null, null);
    }
}
