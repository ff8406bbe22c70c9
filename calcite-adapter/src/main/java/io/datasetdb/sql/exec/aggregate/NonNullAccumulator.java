// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.vector.Vector;
import java.util.Arrays;

/** An accumulator that passes over rows with a NULL argument, so that its loops need not look for NULLs. */
abstract class NonNullAccumulator implements Accumulator {
    @Override
    public final void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        boolean nulls = false;
        for (Vector argument : arguments) {
            nulls |= argument.mayHaveNulls();
        }
        if (!nulls) {
            addValues(groups, positions, count, arguments);
            return;
        }
        int[] keptGroups = new int[count];
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            boolean isNull = false;
            for (Vector argument : arguments) {
                isNull |= argument.isNull(positions[i]);
            }
            if (!isNull) {
                keptGroups[size] = groups[i];
                kept[size++] = positions[i];
            }
        }
        if (size > 0) {
            addValues(keptGroups, kept, size, arguments);
        }
    }

    @Override
    public final void add(GroupedBatch rows, Vector[] arguments) {
        boolean nulls = false;
        for (Vector argument : arguments) {
            nulls |= argument.mayHaveNulls();
        }
        if (nulls || !rows.isFew()) {
            add(rows.groups(), rows.positions(), rows.count(), arguments);
        } else {
            addByGroup(rows, arguments);
        }
    }

    /** As {@link #addValues} for rows that are to be had group by group; no argument is NULL. */
    void addByGroup(GroupedBatch rows, Vector[] arguments) {
        addValues(rows.groups(), rows.positions(), rows.count(), arguments);
    }

    /** As {@link #add}; no argument is NULL at these positions. */
    abstract void addValues(int[] groups, int[] positions, int count, Vector[] arguments);

    static long[] resized(long[] array, int groups) {
        return groups <= array.length ? array : Arrays.copyOf(array, Growth.grown(array.length, groups));
    }

    static double[] resized(double[] array, int groups) {
        return groups <= array.length ? array : Arrays.copyOf(array, Growth.grown(array.length, groups));
    }

    static boolean[] resized(boolean[] array, int groups) {
        return groups <= array.length ? array : Arrays.copyOf(array, Growth.grown(array.length, groups));
    }
}
