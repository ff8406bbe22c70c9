// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.apache.parquet.schema.Type;

/** A ROW: one child a field. */
final class RowShredder extends ColumnShredder {
    private final List<ColumnShredder> fields;

    RowShredder(String name, DataType type, Type.Repetition repetition, List<ColumnShredder> fields) {
        super(name, type, repetition);
        this.fields = fields;
    }

    @Override
    void appendValues(Vector vector, Slots slots) {
        RowVector rows = (RowVector) vector;
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).append(rows.field(i), slots);
        }
    }

    @Override
    void appendAbsent(Slots slots) {
        for (ColumnShredder field : fields) {
            field.appendAbsent(slots);
        }
    }
}
