// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE, DELETE and MERGE: make the next version of a dataset out of its last one. */
public final class ChangeStatement implements PreparedStatement {
    /** How the next version is made. */
    interface Change {
        /** The plan of the rows that are added or changed. */
        QueryPlans plans();

        /** Whether it changes a temporary dataset, of which the registry knows nothing. */
        default boolean isTemporary() {
            return false;
        }

        /** Makes the next version, or none if no row is added or changed. */
        StatementResult run(Deposit deposit, List<@Nullable Object> arguments);
    }

    private final StatementContext context;
    private final String sql;
    private final Change change;

    private ChangeStatement(StatementContext context, String sql, Change change) {
        this.context = context;
        this.sql = sql;
        this.change = change;
    }

    /** The statement with the change that {@code prepare} plans. */
    static ChangeStatement prepare(StatementContext context, String sql, Supplier<Change> prepare) {
        return Deposit.prepare(context, sql, () -> new ChangeStatement(context, sql, prepare.get()));
    }

    /** The statement that changes a temporary dataset. */
    static ChangeStatement ofTemporary(StatementContext context, String sql, Change change) {
        return new ChangeStatement(context, sql, change);
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public Schema schema() {
        return DepositResult.SCHEMA;
    }

    @Override
    public List<Field> parameters() {
        return change.plans().latest().parameters();
    }

    @Override
    public List<String> inputs() {
        return ProvenanceCollector.inputs(change.plans().latest());
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        Function<Deposit, StatementResult> work = deposit -> change.run(deposit, arguments);
        return change.isTemporary()
                ? Deposit.runUnseen(context, sql, timeoutNanos, cancellation, work)
                : Deposit.run(context, sql, timeoutNanos, cancellation, work);
    }
}
