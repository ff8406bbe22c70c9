// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that a MERGE inserts. */
final class InsertedRows implements BatchSource {
    private final Schema schema;
    private final ChangeCursor changes;

    /** @param changes behind the last change of a row that there was */
    InsertedRows(Schema schema, ChangeCursor changes) {
        this.schema = schema;
        this.changes = changes;
    }

    @Override
    public @Nullable Batch next() {
        if (changes.isAtEnd()) {
            return null;
        }
        List<VectorBuilder> builders = new ArrayList<>();
        schema.fields().forEach(field -> builders.add(VectorBuilder.of(field.type(), Batch.SIZE)));
        int count = 0;
        while (count < Batch.SIZE && !changes.isAtEnd()) {
            ChangeClause clause = changes.clause();
            for (int i = 0; i < builders.size(); i++) {
                int value = clause.columns().indexOf(i);
                if (value < 0) {
                    builders.get(i).appendNull();
                } else {
                    changes.append(clause.firstValue() + value, builders.get(i));
                }
            }
            changes.advance();
            count++;
        }
        List<Vector> columns = builders.stream().map(VectorBuilder::build).toList();
        return Batch.of(columns, count);
    }

    @Override
    public void close() {}
}
