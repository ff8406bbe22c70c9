// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import org.jspecify.annotations.Nullable;

/** DOUBLE values. */
public final class DoubleVector extends Vector {
    private final double[] values;

    public DoubleVector(DataType type, int size, double[] values, long @Nullable [] validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The values; elements at NULL positions and from {@link #size()} on are undefined. To be read only. */
    public double[] values() {
        return values;
    }

    @Override
    Object value(int position) {
        double value = values[position];
        return value;
    }

    @Override
    public DoubleVector gather(int[] positions, int count) {
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                result[i] = values[position];
            }
        }
        return new DoubleVector(type(), count, result, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return 8L * values.length + validityBytes();
    }
}
