// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Vector;
import org.apache.parquet.schema.Type;

/** A node of the schema's tree: takes the vectors of its column or field and hands their parts to the leaves below. */
abstract sealed class ColumnShredder permits RowShredder, ListShredder, MapShredder, LeafBuffer {
    private final String name;
    private final DataType type;
    private final boolean optional;

    ColumnShredder(String name, DataType type, Type.Repetition repetition) {
        this.name = name;
        this.type = type;
        this.optional = repetition == Type.Repetition.OPTIONAL;
    }

    /** The path from the column on, as messages show it. */
    final String name() {
        return name;
    }

    final DataType type() {
        return type;
    }

    /** Adds the values at {@code slots} of a vector, wrapped or not. */
    final void append(Vector vector, Slots slots) {
        check(vector);
        Slots present = descend(vector, slots);
        if (vector instanceof DictionaryVector wrapper) {
            appendValues(wrapper.dictionary(), present.map(wrapper.ids()));
        } else if (vector instanceof ConstantVector wrapper) {
            if (wrapper.isNullConstant()) {
                appendAbsent(present);
            } else {
                appendValues(wrapper.single(), present.mapToFirst());
            }
        } else {
            appendValues(vector, present);
        }
    }

    /** Adds slots of a value vector, none of which is NULL. */
    abstract void appendValues(Vector vector, Slots slots);

    /** Adds slots all of which are absent. */
    abstract void appendAbsent(Slots slots);

    private Slots descend(Vector vector, Slots slots) {
        if (optional) {
            return slots.define(vector.validity());
        }
        int offender = slots.firstNull(vector.validity());
        if (offender >= 0) {
            throw new DatasetDbException(
                    StoreError.BAD_VALUE,
                    "Cannot write column " + name + ": it is NOT NULL (NULL at position " + slots.position(offender)
                            + ")");
        }
        return slots;
    }

    private void check(Vector vector) {
        DataType given = vector.type();
        boolean fits = given.kind() == type.kind();
        if (fits && type instanceof DataType.Decimal stored) {
            fits = given instanceof DataType.Decimal decimal
                    && decimal.scale() == stored.scale()
                    && decimal.isLong() == stored.isLong();
        }
        if (!fits && given.kind() != DataType.Kind.NULL) {
            throw new DatasetDbException(
                    StoreError.BAD_VALUE,
                    "Cannot write column " + name + ": it holds " + type.sql() + " (" + given.sql() + ")");
        }
    }
}
