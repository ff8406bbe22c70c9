// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import org.jspecify.annotations.Nullable;

/** REAL values. */
public final class FloatVector extends Vector {
    private final float[] values;

    public FloatVector(DataType type, int size, float[] values, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The values; elements at NULL positions and from {@link #size()} on are undefined. To be read only. */
    public float[] values() {
        return values;
    }

    @Override
    Object value(int position) {
        float value = values[position];
        return value;
    }

    @Override
    public FloatVector gather(int[] positions, int count) {
        float[] result = new float[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                result[i] = values[position];
            }
        }
        return new FloatVector(type(), count, result, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return 4L * values.length + validityBytes();
    }
}
