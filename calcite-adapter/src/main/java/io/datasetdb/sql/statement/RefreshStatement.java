// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.parse.SqlRefreshDataset;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * REFRESH DATASET: the next version, as the statement of the latest one makes it of what its inputs are now. Nothing is
 * deposited if they are what they were.
 */
public final class RefreshStatement implements PreparedStatement {
    private static final Schema RESULT = result();

    private final StatementContext context;
    private final String sql;
    private final DatasetName name;
    private final boolean full;
    private volatile List<String> inputs = List.of();

    public RefreshStatement(StatementContext context, SqlRefreshDataset node, String sql) {
        this.context = context;
        this.sql = sql;
        this.name = context.name(node.name());
        this.full = node.full();
    }

    private static Schema result() {
        List<Field> fields = new ArrayList<>(DepositResult.SCHEMA.fields());
        fields.add(Field.required("mode", DataType.VARCHAR));
        fields.add(Field.required("reason", DataType.VARCHAR));
        return new Schema(fields);
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
        return RESULT;
    }

    @Override
    public List<Field> parameters() {
        return List.of();
    }

    /** Of the last execution. */
    @Override
    public List<String> inputs() {
        return inputs;
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        Instant begin = Instant.now();
        Refresh.Outcome outcome = Deposit.run(context, sql, timeoutNanos, cancellation, deposit -> {
            DatasetVersion latest = context.registry().resolve(name, VersionSelector.LATEST);
            return new Refresh(context, deposit, latest).run(full);
        });
        inputs = ProvenanceCollector.inputs(outcome.version().provenance().dependencies());
        List<Object> row = List.of(
                outcome.version().name().toString(),
                outcome.version().version().toString(),
                outcome.rows(),
                outcome.bytes(),
                Duration.between(begin, Instant.now()).toMillis(),
                outcome.mode().name(),
                outcome.reason());
        return new RowResult(RESULT, List.of(row), outcome.rows());
    }
}
