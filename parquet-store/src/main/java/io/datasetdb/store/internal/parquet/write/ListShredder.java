// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Vector;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** An ARRAY: its elements are the slots of the one child. */
final class ListShredder extends ColumnShredder {
    private final ColumnShredder element;
    private final int repetitionLevel;
    private final @Nullable NullSummary nulls;

    ListShredder(
            String name,
            DataType type,
            Type.Repetition repetition,
            ColumnShredder element,
            int repetitionLevel,
            @Nullable NullSummary nulls) {
        super(name, type, repetition);
        this.element = element;
        this.repetitionLevel = repetitionLevel;
        this.nulls = nulls;
    }

    @Override
    void appendValues(Vector vector, Slots slots) {
        ListVector lists = (ListVector) vector;
        count(slots.absentCount());
        element.append(lists.elements(), slots.expand(lists.offsets(), repetitionLevel));
    }

    @Override
    void appendAbsent(Slots slots) {
        count(slots.count());
        element.appendAbsent(slots);
    }

    private void count(int absent) {
        if (nulls != null) {
            nulls.add(absent);
        }
    }
}
