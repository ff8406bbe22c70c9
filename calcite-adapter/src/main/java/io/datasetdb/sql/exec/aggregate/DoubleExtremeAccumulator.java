// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;

/** MIN and MAX of REAL and DOUBLE; NaN is greater than any other number. */
final class DoubleExtremeAccumulator extends NonNullAccumulator {
    private final boolean max;
    private final DataType type;
    private double[] values = {};
    private boolean[] seen = {};

    DoubleExtremeAccumulator(boolean max, DataType type) {
        this.max = max;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        values = resized(values, groups);
        seen = resized(seen, groups);
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        double[] added = Numbers.doubles(arguments[0], positions, count);
        for (int i = 0; i < count; i++) {
            take(groups[i], added[i]);
        }
    }

    private void take(int group, double value) {
        if (!seen[group]) {
            seen[group] = true;
            values[group] = value;
        } else {
            int order = ValueOrder.compareDoubles(value, values[group]);
            if (max ? order > 0 : order < 0) {
                values[group] = value;
            }
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        DoubleExtremeAccumulator source = (DoubleExtremeAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (source.seen[from[i]]) {
                take(to[i], source.values[from[i]]);
            }
        }
    }

    @Override
    public Vector result(int from, int to) {
        return Results.doubles(type, java.util.Arrays.copyOfRange(values, from, to), Results.validity(seen, from, to));
    }

    @Override
    public long heapBytes() {
        return 9L * values.length;
    }
}
