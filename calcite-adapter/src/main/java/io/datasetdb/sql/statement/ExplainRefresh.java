// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.parse.SqlRefreshDataset;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXPLAIN REFRESH DATASET: whether there is anything to do, whether all is to be computed or what changed, and why; then how. */
public final class ExplainRefresh implements PreparedStatement {
    private final StatementContext context;
    private final String sql;
    private final DatasetName name;
    private final boolean full;

    public ExplainRefresh(StatementContext context, SqlRefreshDataset node, String sql) {
        this.context = context;
        this.sql = sql;
        this.name = context.name(node.name());
        this.full = node.full();
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
        return ExplainStatement.PLAN;
    }

    @Override
    public List<Field> parameters() {
        return List.of();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        context.running().checkOpen();
        cancellation.check();
        DatasetVersion latest = context.registry().resolve(name, VersionSelector.LATEST);
        RefreshPlan plan = RefreshPlan.of(Rerun.of(context, "refresh", latest), latest, full);
        List<String> lines = new ArrayList<>();
        lines.add("refresh of " + latest + ": " + plan.mode() + " (" + plan.reason() + ")");
        if (plan.mode() != Refresh.Mode.UNCHANGED) {
            lines.addAll(PlanText.of(plan.plan().tree()));
        }
        return new RowResult(ExplainStatement.PLAN, lines.stream().map(List::of).toList(), -1);
    }
}
