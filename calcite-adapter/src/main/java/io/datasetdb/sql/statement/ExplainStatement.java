// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/** EXPLAIN: the tree of operators, a line each; with ANALYZE after running it, with what came of it. */
public final class ExplainStatement implements PreparedStatement {
    private static final Schema PLAN = Schema.of(Field.required("plan", DataType.VARCHAR));

    private final String sql;
    private final QueryPlans plans;
    private final boolean analyze;
    private final StatementContext context;

    public ExplainStatement(String sql, QueryPlans plans, boolean analyze, StatementContext context) {
        this.sql = sql;
        this.plans = plans;
        this.analyze = analyze;
        this.context = context;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return true;
    }

    @Override
    public Schema schema() {
        return PLAN;
    }

    @Override
    public List<Field> parameters() {
        return plans.latest().parameters();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        cancellation.check();
        PlannedQuery plan = plans.current(arguments);
        StringBuilder text =
                new StringBuilder(RelOptUtil.toString(plan.physical(), SqlExplainLevel.EXPPLAN_ATTRIBUTES));
        if (analyze) {
            text.append(measure(plan, arguments, timeoutNanos, cancellation));
        }
        List<List<String>> rows = text.toString().lines().map(List::of).toList();
        return new RowResult(PLAN, rows, -1);
    }

    private String measure(
            PlannedQuery plan, List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        long start = System.nanoTime();
        long rows = 0;
        try (RunningQuery query = RunningQuery.start(plan, arguments, context, timeoutNanos, cancellation)) {
            for (var batch = query.next(); batch != null; batch = query.next()) {
                rows += batch.size();
            }
        }
        return "rows: " + rows + ", milliseconds: " + (System.nanoTime() - start) / 1_000_000;
    }
}
