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
        return count == size ? selection : Selection.of(positions, count);
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
        int[] positions = new int[rest];
        int count = 0;
        int next = 0;
        int nextPosition = subset.position(0);
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            if (p == nextPosition) {
                next++;
                nextPosition = next < subset.size() ? subset.position(next) : -1;
            } else {
                positions[count++] = p;
            }
        }
        return Selection.of(positions, count);
    }
}
