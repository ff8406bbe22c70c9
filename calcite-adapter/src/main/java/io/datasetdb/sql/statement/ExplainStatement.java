// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.ByteSize;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.plan.MeasuredQuery;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXPLAIN: the tree of operators, a line each; with ANALYZE after running it, with what came of it. */
public final class ExplainStatement implements PreparedStatement {
    static final Schema PLAN = Schema.of(Field.required("plan", DataType.VARCHAR));

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
    public List<String> inputs() {
        return analyze ? ProvenanceCollector.inputs(plans.latest()) : List.of();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        cancellation.check();
        PlannedQuery plan = plans.current(arguments);
        List<String> lines = analyze ? measure(plan, arguments, timeoutNanos, cancellation) : PlanText.of(plan.tree());
        return new RowResult(PLAN, lines.stream().map(List::of).toList(), -1);
    }

    private List<String> measure(
            PlannedQuery plan, List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        MeasuredQuery measured = plan.measured();
        long start = System.nanoTime();
        try (RunningQuery query = RunningQuery.start(measured.plan(), arguments, context, timeoutNanos, cancellation)) {
            long rows = 0;
            for (Batch batch = query.next(); batch != null; batch = query.next()) {
                rows += batch.size();
            }
            long nanos = System.nanoTime() - start;
            Run run = query.run();
            List<String> lines = new ArrayList<>(PlanText.of(measured.tree(), run));
            lines.add("rows: " + rows + ", threads: " + run.workers() + ", peak memory: "
                    + ByteSize.text(run.memory().peak()) + ", temporary files: "
                    + ByteSize.text(run.spill().bytesWritten()));
            lines.add("planning: " + PlanText.milliseconds(plans.planningNanos()) + ", execution: "
                    + PlanText.milliseconds(nanos));
            return lines;
        }
    }
}
