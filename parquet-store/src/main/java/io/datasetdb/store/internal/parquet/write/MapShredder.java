// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.Vector;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** A MAP: its entries are the slots of the key and of the value. */
final class MapShredder extends ColumnShredder {
    private final ColumnShredder key;
    private final ColumnShredder value;
    private final int repetitionLevel;
    private final @Nullable NullSummary nulls;

    MapShredder(
            String name,
            DataType type,
            Type.Repetition repetition,
            ColumnShredder key,
            ColumnShredder value,
            int repetitionLevel,
            @Nullable NullSummary nulls) {
        super(name, type, repetition);
        this.key = key;
        this.value = value;
        this.repetitionLevel = repetitionLevel;
        this.nulls = nulls;
    }

    @Override
    void appendValues(Vector vector, Slots slots) {
        MapVector maps = (MapVector) vector;
        count(slots.absentCount());
        Slots entries = slots.expand(maps.offsets(), repetitionLevel);
        key.append(maps.keys(), entries);
        value.append(maps.values(), entries);
    }

    @Override
    void appendAbsent(Slots slots) {
        count(slots.count());
        key.appendAbsent(slots);
        value.appendAbsent(slots);
    }

    private void count(int absent) {
        if (nulls != null) {
            nulls.add(absent);
        }
    }
}
