// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DESCRIBE of a query: its columns. */
public record DescribeStatement(String sql, QueryPlans plans) implements PreparedStatement {
    private static final Schema COLUMNS = Schema.of(
            Field.required("column_name", DataType.VARCHAR),
            Field.required("data_type", DataType.VARCHAR),
            Field.required("nullable", DataType.BOOLEAN));

    @Override
    public boolean isQuery() {
        return true;
    }

    @Override
    public Schema schema() {
        return COLUMNS;
    }

    @Override
    public List<Field> parameters() {
        return plans.latest().parameters();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        cancellation.check();
        List<List<Object>> rows = plans.current(arguments).schema().fields().stream()
                .map(field -> List.<Object>of(field.name(), field.type().sql(), field.nullable()))
                .toList();
        return new RowResult(COLUMNS, rows, -1);
    }
}
