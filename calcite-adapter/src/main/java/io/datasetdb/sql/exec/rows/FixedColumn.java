// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of fixed width: one growing array. */
abstract class FixedColumn extends ColumnBuffer {
    private int size;
    private int capacity;
    private long @Nullable [] validity;
    private @Nullable Vector view;

    FixedColumn(DataType type) {
        super(type);
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final boolean mayHaveNulls() {
        return validity != null;
    }

    @Override
    public final void append(Vector vector, int[] positions, int count) {
        view = null;
        ensure((long) size + count);
        if (vector.mayHaveNulls()) {
            appendNulls(vector, positions, count);
        }
        if (vector instanceof DictionaryVector wrapper) {
            copy(wrapper.dictionary(), through(wrapper, positions, count), count, size);
        } else if (vector instanceof ConstantVector wrapper) {
            if (!wrapper.isNullConstant()) {
                copy(wrapper.single(), new int[count], count, size);
            }
        } else {
            copy(vector, positions, count, size);
        }
        size += count;
    }

    @Override
    final void take(List<? extends ColumnBuffer> parts) {
        long total = 0;
        for (ColumnBuffer part : parts) {
            total += part.size();
        }
        ensure(total);
        for (ColumnBuffer part : parts) {
            copy((FixedColumn) part, 0, part.size() & -BLOCK);
        }
        for (ColumnBuffer part : parts) {
            copy((FixedColumn) part, part.size() & -BLOCK, part.size());
        }
    }

    private void copy(FixedColumn part, int from, int to) {
        List<Object> targets = arrays();
        List<Object> sources = part.arrays();
        for (int i = 0; i < targets.size(); i++) {
            System.arraycopy(sources.get(i), from, targets.get(i), size, to - from);
        }
        if (part.validity != null) {
            for (int row = from; row < to; row++) {
                if (!Validity.isValid(part.validity, row)) {
                    setNull(size + row - from);
                }
            }
        }
        size += to - from;
    }

    private void setNull(int row) {
        long[] bits = validity;
        if (bits == null) {
            bits = Validity.allValid(capacity);
            validity = bits;
        }
        Validity.setNull(bits, row);
    }

    /** The positions in the dictionary, -1 for NULL. */
    private static int[] through(DictionaryVector vector, int[] positions, int count) {
        int[] ids = vector.ids();
        int[] result = new int[count];
        boolean nulls = vector.mayHaveNulls();
        for (int i = 0; i < count; i++) {
            result[i] = nulls && vector.isNull(positions[i]) ? -1 : ids[positions[i]];
        }
        return result;
    }

    private void appendNulls(Vector vector, int[] positions, int count) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(positions[i])) {
                setNull(size + i);
            }
        }
    }

    private void ensure(long needed) {
        if (needed <= capacity) {
            return;
        }
        capacity = Growth.grown(capacity, needed);
        grow(capacity);
        if (validity != null) {
            long[] grown = Arrays.copyOf(validity, Validity.words(capacity));
            Arrays.fill(grown, validity.length, grown.length, -1L);
            validity = grown;
        }
    }

    @Override
    public final void seal() {
        view();
    }

    /** All rows as one vector. */
    final Vector view() {
        if (view == null) {
            view = view(size, validity);
        }
        return Objects.requireNonNull(view);
    }

    @Override
    public final Vector vector(int row) {
        return view();
    }

    @Override
    public final int position(int row) {
        return row;
    }

    @Override
    public final Vector gather(int[] rows, int count) {
        return view().gather(rows, count);
    }

    @Override
    public final long heapBytes() {
        return view().heapBytes();
    }

    /** Makes room for {@code newCapacity} values. */
    abstract void grow(int newCapacity);

    /** Copies from a value vector to the rows from {@code at} on; a position of -1 may leave anything. */
    abstract void copy(Vector source, int[] positions, int count, int at);

    /** The growing arrays. */
    abstract List<Object> arrays();

    /** The array as a vector. */
    abstract Vector view(int count, long @Nullable [] bits);
}
