// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** A ROW: one child a field. */
final class RowShredder extends ColumnShredder {
    private final List<ColumnShredder> fields;
    private final @Nullable NullSummary nulls;

    RowShredder(
            String name,
            DataType type,
            Type.Repetition repetition,
            List<ColumnShredder> fields,
            @Nullable NullSummary nulls) {
        super(name, type, repetition);
        this.fields = fields;
        this.nulls = nulls;
    }

    @Override
    void appendValues(Vector vector, Slots slots) {
        RowVector rows = (RowVector) vector;
        count(slots.absentCount());
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).append(rows.field(i), slots);
        }
    }

    @Override
    void appendAbsent(Slots slots) {
        count(slots.count());
        for (ColumnShredder field : fields) {
            field.appendAbsent(slots);
        }
    }

    private void count(int absent) {
        if (nulls != null) {
            nulls.add(absent);
        }
    }
}
