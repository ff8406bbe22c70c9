// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Selection;

/** Which numbers lie in a range: the loops behind comparisons with constants. No branch depends on the data. */
final class RangeMatch {
    private RangeMatch() {}

    static Selection ints(int[] values, LongRange range, Selection selection) {
        long low = Math.max(range.low(), Integer.MIN_VALUE);
        long high = Math.min(range.high(), Integer.MAX_VALUE);
        if (low > high) {
            return range.negated() ? selection : Selections.none();
        }
        int from = (int) low;
        int width = (int) (high - low) + Integer.MIN_VALUE;
        boolean wanted = !range.negated();
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                positions[count] = p;
                count += (values[p] - from + Integer.MIN_VALUE <= width) == wanted ? 1 : 0;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = selected[k];
                positions[count] = p;
                count += (values[p] - from + Integer.MIN_VALUE <= width) == wanted ? 1 : 0;
            }
        }
        return count == size ? selection : Selection.of(positions, count);
    }

    static Selection longs(long[] values, LongRange range, Selection selection) {
        if (range.isEmpty()) {
            return range.negated() ? selection : Selections.none();
        }
        long from = range.low();
        long width = range.high() - range.low() + Long.MIN_VALUE;
        boolean wanted = !range.negated();
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                positions[count] = p;
                count += (values[p] - from + Long.MIN_VALUE <= width) == wanted ? 1 : 0;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = selected[k];
                positions[count] = p;
                count += (values[p] - from + Long.MIN_VALUE <= width) == wanted ? 1 : 0;
            }
        }
        return count == size ? selection : Selection.of(positions, count);
    }

    /** The bounds are not NaN; NaN lies in no range. */
    static Selection doubles(double[] values, double low, double high, boolean negated, Selection selection) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                double v = values[p];
                positions[count] = p;
                count += (v >= low & v <= high) != negated ? 1 : 0;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = selected[k];
                double v = values[p];
                positions[count] = p;
                count += (v >= low & v <= high) != negated ? 1 : 0;
            }
        }
        return count == size ? selection : Selection.of(positions, count);
    }

    static Selection floats(float[] values, double low, double high, boolean negated, Selection selection) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            double v = values[p];
            positions[count] = p;
            count += (v >= low & v <= high) != negated ? 1 : 0;
        }
        return count == size ? selection : Selection.of(positions, count);
    }
}
