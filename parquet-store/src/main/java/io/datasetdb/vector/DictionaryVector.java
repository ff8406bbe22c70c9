// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values by reference: position {@code i} holds the value at position {@code ids[i]} of {@link #dictionary()}, which is a
 * value vector without NULLs. Entries of the dictionary need not be distinct, nor all be referred to.
 */
public final class DictionaryVector extends Vector {
    private final int[] ids;
    private final Vector dictionary;

    public DictionaryVector(int size, int[] ids, Vector dictionary, long @Nullable [] validity) {
        super(dictionary.type(), size, validity);
        this.ids = ids;
        this.dictionary = dictionary;
    }

    /** Positions in {@link #dictionary()}; undefined at NULL positions. To be read only. */
    public int[] ids() {
        return ids;
    }

    public Vector dictionary() {
        return dictionary;
    }

    @Override
    Object value(int position) {
        return Objects.requireNonNull(dictionary.getObject(ids[position]));
    }

    @Override
    public DictionaryVector gather(int[] positions, int count) {
        int[] result = new int[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                result[i] = ids[position];
            }
        }
        return new DictionaryVector(count, result, dictionary, gatherValidity(positions, count));
    }

    @Override
    public Vector flatten() {
        long[] validity = validity();
        if (validity == null) {
            return dictionary.gather(ids, size());
        }
        int[] positions = new int[size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = isNull(i) ? -1 : ids[i];
        }
        return dictionary.gather(positions, positions.length);
    }

    @Override
    public long heapBytes() {
        return 4L * ids.length + dictionary.heapBytes() + validityBytes();
    }
}
