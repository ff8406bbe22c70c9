// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A query. */
public final class QueryStatement implements PreparedStatement {
    /** How often a statement is planned whose versions are given up before it can keep others from that. */
    static final int MOST_ATTEMPTS = 50;

    private final String sql;
    private final QueryPlans plans;
    private final StatementContext context;

    public QueryStatement(String sql, QueryPlans plans, StatementContext context) {
        this.sql = sql;
        this.plans = plans;
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
        return plans.latest().schema();
    }

    @Override
    public Optional<Schema> otherSchema(List<@Nullable Object> arguments) {
        return plans.otherSchema(arguments);
    }

    @Override
    public List<Field> parameters() {
        return plans.latest().parameters();
    }

    @Override
    public List<String> inputs() {
        return ProvenanceCollector.inputs(plans.latest());
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        cancellation.check();
        Set<String> missed = Set.of();
        for (int attempt = 1; ; attempt++) {
            RunningQuery query =
                    RunningQuery.start(plans.current(arguments), arguments, context, timeoutNanos, cancellation);
            Set<String> missing = query.missingFolders();
            if (missing.isEmpty() || missing.equals(missed) || attempt == MOST_ATTEMPTS) {
                return query;
            }
            // Somebody gave up a version after the plan was made: names mean others by now.
            query.close();
            missed = missing;
        }
    }
}
