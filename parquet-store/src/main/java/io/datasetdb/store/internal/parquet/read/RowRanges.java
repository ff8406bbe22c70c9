// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import java.util.Arrays;

/** Rows of a row group: ascending, disjoint, not adjacent intervals; {@code bounds} are their starts and ends in turn. */
final class RowRanges {
    private final long[] bounds;

    private RowRanges(long[] bounds) {
        this.bounds = bounds;
    }

    static RowRanges none() {
        return new RowRanges(new long[0]);
    }

    /** Rows from {@code start} on, before {@code end}. */
    static RowRanges of(long start, long end) {
        return start < end ? new RowRanges(new long[] {start, end}) : none();
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    /** Whether some row from {@code start} on, before {@code end}, is among these. */
    boolean overlaps(long start, long end) {
        for (int i = 0; i < bounds.length && bounds[i] < end; i += 2) {
            if (bounds[i + 1] > start) {
                return true;
            }
        }
        return false;
    }

    /** How many rows these are. */
    long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i];
        }
        return size;
    }

    RowRanges and(RowRanges other) {
        return combined(other, 2);
    }

    RowRanges or(RowRanges other) {
        return combined(other, 1);
    }

    /** The rows that are in at least {@code needed} of both. */
    private RowRanges combined(RowRanges other, int needed) {
        long[] result = new long[bounds.length + other.bounds.length];
        int size = 0;
        int left = 0;
        int right = 0;
        boolean open = false;
        while (left < bounds.length || right < other.bounds.length) {
            long nextLeft = left < bounds.length ? bounds[left] : Long.MAX_VALUE;
            long nextRight = right < other.bounds.length ? other.bounds[right] : Long.MAX_VALUE;
            long at = Math.min(nextLeft, nextRight);
            left += nextLeft == at ? 1 : 0;
            right += nextRight == at ? 1 : 0;
            boolean wanted = (left & 1) + (right & 1) >= needed;
            if (wanted != open) {
                result[size++] = at;
                open = wanted;
            }
        }
        return new RowRanges(Arrays.copyOf(result, size));
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
