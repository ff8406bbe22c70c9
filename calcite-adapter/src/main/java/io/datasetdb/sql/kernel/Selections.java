// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Selection;
import org.jspecify.annotations.Nullable;

/** Set operations on selections of one batch. */
public final class Selections {
    private static final Selection NONE = Selection.all(0);

    private Selections() {}

    /** No position. */
    public static Selection none() {
        return NONE;
    }

    /** The first {@code count} of {@code positions}, all of them taken from {@code selection} in order. */
    public static Selection hits(Selection selection, int[] positions, int count) {
        return count == selection.size() ? selection : count == 0 ? NONE : Selection.of(positions, count);
    }

    /** The positions whose bit is set (see {@link io.datasetdb.vector.Validity}); all of them when there are no bits. */
    public static Selection valid(Selection selection, long @Nullable [] bits) {
        return bits == null ? selection : withBit(selection, bits, 0L);
    }

    /** The positions whose bit is not set. */
    public static Selection invalid(Selection selection, long @Nullable [] bits) {
        return bits == null ? NONE : withBit(selection, bits, -1L);
    }

    private static Selection withBit(Selection selection, long[] bits, long flip) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                positions[count] = p;
                count += (int) (((bits[p >>> 6] ^ flip) >>> p) & 1);
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = selected[k];
                positions[count] = p;
                count += (int) (((bits[p >>> 6] ^ flip) >>> p) & 1);
            }
        }
        return hits(selection, positions, count);
    }

    /** The positions of {@code selection} that are not in {@code subset}, which must be a subset. */
    public static Selection minus(Selection selection, Selection subset) {
        if (subset.isEmpty()) {
            return selection;
        }
        int size = selection.size();
        int rest = size - subset.size();
        if (rest == 0) {
            return NONE;
        }
        boolean[] marked = Filters.scatter(subset, selection.position(size - 1) + 1);
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                positions[count] = p;
                count += marked[p] ? 0 : 1;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                positions[count] = selected[k];
                count += marked[selected[k]] ? 0 : 1;
            }
        }
        return Selection.of(positions, count);
    }
}
