// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects values of one type into a value vector. Grows as needed. After {@link #build()} the builder is empty again and
 * may be reused; the vector owns what was collected. {@link Builders} has one builder per in-memory form.
 */
public abstract class VectorBuilder {
    final DataType type;
    private int size;
    private long @Nullable [] validity;

    VectorBuilder(DataType type) {
        this.type = type;
    }

    /** A builder of vectors of this type with room for {@code capacity} values. */
    public static VectorBuilder of(DataType type, int capacity) {
        return Builders.of(type, Math.max(capacity, 8));
    }

    /** A value vector of these values, given as {@link #append(Object)} takes them. */
    public static Vector vector(DataType type, @Nullable Object... values) {
        VectorBuilder builder = of(type, values.length);
        for (Object value : values) {
            builder.append(value);
        }
        return builder.build();
    }

    public final DataType type() {
        return type;
    }

    /** The number of values so far. */
    public final int size() {
        return size;
    }

    /** Adds a value given as the Java type that {@link DataType} lists; {@code null} is NULL. */
    public final void append(@Nullable Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        ensure(size + 1);
        put(size, value);
        advanceValid();
    }

    public final void appendNull() {
        ensure(size + 1);
        putNull(size);
        if (validity == null) {
            validity = Validity.allValid(size + 64);
        } else if (Validity.words(size + 1) > validity.length) {
            growValidity();
        }
        Validity.setNull(validity, size);
        size++;
    }

    /** Adds the value at a position of a vector of the same type, wrapped or not; a position of -1 adds NULL. */
    public final void append(Vector vector, int position) {
        if (position < 0 || vector.isNull(position)) {
            appendNull();
        } else if (vector instanceof DictionaryVector wrapper) {
            append(wrapper.dictionary(), wrapper.ids()[position]);
        } else if (vector instanceof ConstantVector wrapper) {
            append(wrapper.single(), 0);
        } else {
            ensure(size + 1);
            copy(size, vector, position);
            advanceValid();
        }
    }

    /** Adds the values at the selected positions of a vector of the same type. */
    public final void appendAll(Vector vector, Selection selection) {
        for (int i = 0; i < selection.size(); i++) {
            append(vector, selection.position(i));
        }
    }

    /** The collected values; the builder starts anew. */
    public final Vector build() {
        Vector result = take(size, validity);
        size = 0;
        validity = null;
        return result;
    }

    /** Makes room for {@code capacity} values. */
    abstract void ensure(int capacity);

    /** Writes a value that is not null into the slot {@code index == size}. */
    abstract void put(int index, Object value);

    /** Writes whatever a NULL slot needs so that later slots stay right. */
    abstract void putNull(int index);

    /** Copies a value that is not NULL from a value vector of the same type. */
    abstract void copy(int index, Vector source, int position);

    /** Hands over the arrays and starts anew. */
    abstract Vector take(int count, long @Nullable [] bits);

    private void advanceValid() {
        if (validity != null) {
            if (Validity.words(size + 1) > validity.length) {
                growValidity();
            }
            Validity.setValid(validity, size);
        }
        size++;
    }

    private void growValidity() {
        long[] old = java.util.Objects.requireNonNull(validity);
        long[] grown = Arrays.copyOf(old, old.length * 2);
        Arrays.fill(grown, old.length, grown.length, -1L);
        validity = grown;
    }
}
