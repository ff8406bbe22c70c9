// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a batch: one of the value vectors, or a thin wrapper around one ({@link DictionaryVector},
 * {@link ConstantVector}). Immutable once handed out: whoever receives a vector may keep it, nobody may write to its
 * arrays. Arrays may be longer than {@link #size()}. What a NULL position's slot in a value array holds is undefined.
 */
public abstract sealed class Vector
        permits BooleanVector,
                IntVector,
                LongVector,
                FloatVector,
                DoubleVector,
                Int128Vector,
                BytesVector,
                ListVector,
                MapVector,
                RowVector,
                DictionaryVector,
                ConstantVector {
    private final DataType type;
    private final int size;
    private final long @Nullable [] validity;

    Vector(DataType type, int size, long @Nullable [] validity) {
        this.type = type;
        this.size = size;
        this.validity = validity;
    }

    public final DataType type() {
        return type;
    }

    /** The number of positions. */
    public final int size() {
        return size;
    }

    /** The bitmap of positions that hold a value ({@link Validity}), or {@code null} if all do. */
    public final long @Nullable [] validity() {
        return validity;
    }

    /** Whether some position may be NULL; false is a promise. */
    public final boolean mayHaveNulls() {
        return validity != null;
    }

    public final boolean isNull(int position) {
        return !Validity.isValid(validity, position);
    }

    /** The value as the Java type that {@link DataType} lists, {@code null} for NULL. For edges, not for loops. */
    public final @Nullable Object getObject(int position) {
        return isNull(position) ? null : value(position);
    }

    /** As {@link #getObject} for a position that is not NULL. */
    abstract Object value(int position);

    /**
     * A vector of the values at the first {@code count} of {@code positions}, in that order. A position of -1 yields NULL.
     */
    public abstract Vector gather(int[] positions, int count);

    /** The same values as a value vector (not a wrapper); this vector if it is one already. */
    public Vector flatten() {
        return this;
    }

    /** Bytes on the heap that this vector holds on to, roughly; for memory budgets. */
    public abstract long heapBytes();

    /** The validity of a gather, or {@code null} if no gathered position is NULL. */
    final long @Nullable [] gatherValidity(int[] positions, int count) {
        long[] result = null;
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position < 0 || isNull(position)) {
                if (result == null) {
                    result = Validity.allValid(count);
                }
                Validity.setNull(result, i);
            }
        }
        return result;
    }

    final long validityBytes() {
        return validity == null ? 0 : validity.length * 8L;
    }
}
