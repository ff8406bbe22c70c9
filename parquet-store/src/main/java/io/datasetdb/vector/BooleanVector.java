// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import org.jspecify.annotations.Nullable;

/** BOOLEAN values. */
public final class BooleanVector extends Vector {
    private final boolean[] values;

    public BooleanVector(DataType type, int size, boolean[] values, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The values; elements at NULL positions and from {@link #size()} on are undefined. To be read only. */
    public boolean[] values() {
        return values;
    }

    @Override
    Object value(int position) {
        boolean value = values[position];
        return value;
    }

    @Override
    public BooleanVector gather(int[] positions, int count) {
        boolean[] result = new boolean[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                result[i] = values[position];
            }
        }
        return new BooleanVector(type(), count, result, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return values.length + validityBytes();
    }
}
