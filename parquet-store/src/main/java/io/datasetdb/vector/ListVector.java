// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ARRAY values: the elements of position {@code i} are the positions {@code offsets[i] .. offsets[i + 1]} of
 * {@link #elements()}. A NULL position has an empty range.
 */
public final class ListVector extends Vector {
    private final int[] offsets;
    private final Vector elements;

    public ListVector(DataType type, int size, int[] offsets, Vector elements, long @Nullable [] validity) {
        super(type, size, validity);
        this.offsets = offsets;
        this.elements = elements;
    }

    /** Where each list starts in {@link #elements()}; {@code size() + 1} elements count. To be read only. */
    public int[] offsets() {
        return offsets;
    }

    public Vector elements() {
        return elements;
    }

    /** The number of elements of the list at {@code position}. */
    public int length(int position) {
        return offsets[position + 1] - offsets[position];
    }

    @Override
    Object value(int position) {
        List<@Nullable Object> result = new ArrayList<>(length(position));
        for (int i = offsets[position]; i < offsets[position + 1]; i++) {
            result.add(elements.getObject(i));
        }
        return Collections.unmodifiableList(result);
    }

    @Override
    public ListVector gather(int[] positions, int count) {
        int[] newOffsets = Ranges.offsets(offsets, positions, count);
        Vector newElements = elements.gather(Ranges.expand(offsets, positions, count, newOffsets), newOffsets[count]);
        return new ListVector(type(), count, newOffsets, newElements, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return 4L * offsets.length + elements.heapBytes() + validityBytes();
    }
}
