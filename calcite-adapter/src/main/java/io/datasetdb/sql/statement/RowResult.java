// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few rows that are already there: what a statement that is no query answers. */
final class RowResult implements StatementResult {
    /** The one column of statements that only say what they did. */
    static final Schema SAYS = Schema.of(Field.required("result", DataType.VARCHAR));

    private final Schema schema;
    private final long updateCount;
    private @Nullable Batch batch;

    RowResult(Schema schema, List<? extends List<? extends @Nullable Object>> rows, long updateCount) {
        this.schema = schema;
        this.updateCount = updateCount;
        this.batch = rows.isEmpty() ? null : batch(schema, rows);
    }

    /** One sentence. */
    static RowResult says(String sentence) {
        return new RowResult(SAYS, List.of(List.of(sentence)), 0);
    }

    private static Batch batch(Schema schema, List<? extends List<? extends @Nullable Object>> rows) {
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            VectorBuilder builder = VectorBuilder.of(schema.field(i).type(), rows.size());
            for (List<? extends @Nullable Object> row : rows) {
                builder.append(row.get(i));
            }
            columns.add(builder.build());
        }
        return Batch.of(columns, rows.size());
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long updateCount() {
        return updateCount;
    }

    @Override
    public @Nullable Batch next() {
        Batch result = batch;
        batch = null;
        return result;
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {
        batch = null;
    }
}
