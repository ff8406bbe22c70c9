// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * MAP values: the entries of position {@code i} are the positions {@code offsets[i] .. offsets[i + 1]} of {@link #keys()}
 * and {@link #values()}. A NULL position has an empty range.
 */
public final class MapVector extends Vector {
    private final int[] offsets;
    private final Vector keys;
    private final Vector values;

    public MapVector(DataType type, int size, int[] offsets, Vector keys, Vector values, long @Nullable [] validity) {
        super(type, size, validity);
        this.offsets = offsets;
        this.keys = keys;
        this.values = values;
    }

    /** Where each map's entries start; {@code size() + 1} elements count. To be read only. */
    public int[] offsets() {
        return offsets;
    }

    public Vector keys() {
        return keys;
    }

    public Vector values() {
        return values;
    }

    /** The number of entries of the map at {@code position}. */
    public int length(int position) {
        return offsets[position + 1] - offsets[position];
    }

    @Override
    Object value(int position) {
        Map<Object, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = offsets[position]; i < offsets[position + 1]; i++) {
            result.put(Objects.requireNonNull(keys.getObject(i)), values.getObject(i));
        }
        return Collections.unmodifiableMap(result);
    }

    @Override
    public MapVector gather(int[] positions, int count) {
        int[] newOffsets = Ranges.offsets(offsets, positions, count);
        int[] entries = Ranges.expand(offsets, positions, count, newOffsets);
        return new MapVector(
                type(),
                count,
                newOffsets,
                keys.gather(entries, entries.length),
                values.gather(entries, entries.length),
                gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return 4L * offsets.length + keys.heapBytes() + values.heapBytes() + validityBytes();
    }
}
