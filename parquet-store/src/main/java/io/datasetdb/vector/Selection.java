// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

/**
 * The positions of a batch that count, ascending and distinct. Either all of the first {@code size} positions, or an array
 * of them: kernels run a plain loop in the first case.
 */
public final class Selection {
    private static final int[] NONE = new int[0];

    private final int[] positions;
    private final int size;
    private final boolean all;

    private Selection(int[] positions, int size, boolean all) {
        this.positions = positions;
        this.size = size;
        this.all = all;
    }

    /** Positions 0 to {@code size - 1}. */
    public static Selection all(int size) {
        return new Selection(NONE, size, true);
    }

    /** The first {@code size} elements of {@code positions}, which the selection keeps and nobody may change. */
    public static Selection of(int[] positions, int size) {
        return new Selection(positions, size, false);
    }

    /** How many positions are selected. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Whether these are simply the positions from 0 to {@code size() - 1}. */
    public boolean isAll() {
        return all;
    }

    /** The {@code i}th selected position. */
    public int position(int i) {
        return all ? i : positions[i];
    }

    /** The selected positions; only the first {@link #size()} elements count. To be read only; not for {@link #isAll()}. */
    public int[] positions() {
        if (all) {
            int[] result = new int[size];
            for (int i = 0; i < size; i++) {
                result[i] = i;
            }
            return result;
        }
        return positions;
    }

    /** The first {@code count} selected positions. */
    public Selection first(int count) {
        return count >= size ? this : new Selection(positions, count, all);
    }
}
