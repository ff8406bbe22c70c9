// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;

/** The vectors in a batch of a column, all as floats. */
final class Embeddings {
    /** What is in a row. */
    enum Kind {
        /** No vector, or one with NULL in it: whatever it is compared with, the distance is NULL. */
        NONE,
        /** A vector with numbers that are not finite: where it belongs depends on the distance. */
        LOOSE,
        REGULAR
    }

    private final Vector lists;
    private final int[] offsets;
    private final float[] values;
    private final long[] elementValidity;
    private final boolean mayHoldNulls;

    /** A REAL ARRAY or DOUBLE ARRAY column of a batch. */
    Embeddings(Vector column) {
        ListVector flat = (ListVector) column.flatten();
        Vector elements = flat.elements().flatten();
        long[] validity = elements.validity();
        this.lists = flat;
        this.offsets = flat.offsets();
        this.values = elements instanceof FloatVector floats ? floats.values() : narrowed((DoubleVector) elements);
        this.mayHoldNulls = validity != null;
        this.elementValidity = validity == null ? new long[0] : validity;
    }

    private static float[] narrowed(DoubleVector elements) {
        float[] values = new float[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) elements.values()[i];
        }
        return values;
    }

    /** Whether there is an array in the row, with or without NULL in it. */
    boolean isPresent(int row) {
        return !lists.isNull(row);
    }

    int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Where the row's vector begins in {@link #values}. */
    int start(int row) {
        return offsets[row];
    }

    float[] values() {
        return values;
    }

    Kind kind(int row) {
        if (lists.isNull(row)) {
            return Kind.NONE;
        }
        boolean finite = true;
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            if (mayHoldNulls && !Validity.isValid(elementValidity, i)) {
                return Kind.NONE;
            }
            finite &= Float.isFinite(values[i]);
        }
        return finite ? Kind.REGULAR : Kind.LOOSE;
    }
}
