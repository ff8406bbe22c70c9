// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Selection;

/**
 * Which numbers lie in a range: the loops behind comparisons with constants. Written as arithmetic on sign bits because a
 * comparison may become a branch, which costs ten times as much when it is hard to predict. The bit formulas are those of
 * Henry S. Warren, "Hacker's Delight", section 2-12.
 */
final class RangeMatch {
    private RangeMatch() {}

    static Selection ints(int[] values, LongRange range, Selection selection) {
        long low = Math.max(range.low(), Integer.MIN_VALUE);
        long high = Math.min(range.high(), Integer.MAX_VALUE);
        if (low > high) {
            return range.negated() ? selection : Selections.none();
        }
        int flip = range.negated() ? 0 : 1;
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                long v = values[p];
                positions[count] = p;
                count += (int) (((v - low) | (high - v)) >>> 63) ^ flip;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = selected[k];
                long v = values[p];
                positions[count] = p;
                count += (int) (((v - low) | (high - v)) >>> 63) ^ flip;
            }
        }
        return Selections.hits(selection, positions, count);
    }

    static Selection longs(long[] values, LongRange range, Selection selection) {
        if (range.isEmpty()) {
            return range.negated() ? selection : Selections.none();
        }
        long low = range.low();
        long width = range.high() - low;
        int flip = range.negated() ? 1 : 0;
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                positions[count] = p;
                count += isAtMost(values[p] - low, width) ^ flip;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = selected[k];
                positions[count] = p;
                count += isAtMost(values[p] - low, width) ^ flip;
            }
        }
        return Selections.hits(selection, positions, count);
    }

    /** 1 if {@code x <= y} as unsigned numbers, else 0. */
    private static int isAtMost(long x, long y) {
        return (int) (((~x | y) & ((x ^ y) | ~(y - x))) >>> 63);
    }

    /** The bounds are not NaN; NaN lies in no range. */
    static Selection doubles(double[] values, double low, double high, boolean negated, Selection selection) {
        if (low > high) {
            return negated ? selection : Selections.none();
        }
        long from = key(low);
        long width = key(high) - from;
        int flip = negated ? 1 : 0;
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                positions[count] = p;
                count += isAtMost(key(values[p]) - from, width) ^ flip;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = selected[k];
                positions[count] = p;
                count += isAtMost(key(values[p]) - from, width) ^ flip;
            }
        }
        return Selections.hits(selection, positions, count);
    }

    /** A number that orders as the value does; those of NaNs are beyond those of the infinities, on either side. */
    private static long key(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ ((bits >> 63) >>> 1);
    }

    static Selection floats(float[] values, double low, double high, boolean negated, Selection selection) {
        if (low > high) {
            return negated ? selection : Selections.none();
        }
        long from = key(low);
        long width = key(high) - from;
        int flip = negated ? 1 : 0;
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            positions[count] = p;
            count += isAtMost(key(values[p]) - from, width) ^ flip;
        }
        return Selections.hits(selection, positions, count);
    }
}
