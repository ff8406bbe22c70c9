// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import org.jspecify.annotations.Nullable;

/** Values of one Java type as values of a column, in the form that {@link DataType} lists. */
public abstract class Encoder {
    /** The type of the column; final once the first values were shown to {@link #observe}. */
    public abstract DataType type();

    /** Whether a value may be NULL. */
    public boolean nullable() {
        return true;
    }

    /** Looks at a value that is going to be stored, before the type is asked for. */
    void observe(@Nullable Object value) {}

    /** The column's value. */
    public abstract @Nullable Object encode(@Nullable Object value);

    /** The column of this name. */
    public final Field field(String name) {
        return new Field(name, type(), nullable());
    }
}
