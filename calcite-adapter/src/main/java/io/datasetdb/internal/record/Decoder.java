// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/** Values of a column, in the form that {@link io.datasetdb.vector.DataType} lists, as values of one Java type. */
abstract class Decoder {
    /** The Java value of a value that is not NULL. */
    abstract Object decode(Object value);

    /** The Java value of NULL. */
    @Nullable
    Object ofNull() {
        return null;
    }

    /** The Java value of any value. */
    @Nullable
    Object decodeAny(@Nullable Object value) {
        return value == null ? ofNull() : decode(value);
    }

    /** The Java value at a position. */
    @Nullable
    Object read(Vector vector, int position) {
        return decodeAny(vector.getObject(position));
    }
}
