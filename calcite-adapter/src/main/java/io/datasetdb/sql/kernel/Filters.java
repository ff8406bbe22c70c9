// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** Selections from BOOLEAN vectors, and BOOLEAN vectors from selections. */
public final class Filters {
    private Filters() {}

    /** The selected positions at which the vector is TRUE. */
    public static Selection whereTrue(Vector vector, Selection selection) {
        return where(vector, selection, true);
    }

    /** The selected positions at which the vector is FALSE. */
    public static Selection whereFalse(Vector vector, Selection selection) {
        return where(vector, selection, false);
    }

    private static Selection where(Vector vector, Selection selection, boolean wanted) {
        if (vector instanceof ConstantVector constant) {
            boolean all = !constant.isNullConstant() && ((BooleanVector) constant.single()).values()[0] == wanted;
            return all ? selection : Selections.none();
        }
        BooleanVector flat = (BooleanVector) vector.flatten();
        return match(flat.values(), Selections.valid(selection, flat.validity()), wanted);
    }

    /** The selected positions at which {@code values} is what is wanted. */
    static Selection match(boolean[] values, Selection selection, boolean wanted) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                positions[count] = p;
                count += values[p] == wanted ? 1 : 0;
            }
        } else {
            int[] selected = selection.positions();
            for (int k = 0; k < size; k++) {
                positions[count] = selected[k];
                count += values[selected[k]] == wanted ? 1 : 0;
            }
        }
        return Selections.hits(selection, positions, count);
    }

    /** An array that is true at the hits. */
    static boolean[] scatter(Selection hits, int rowCount) {
        boolean[] values = new boolean[rowCount];
        if (hits.isAll()) {
            java.util.Arrays.fill(values, 0, hits.size(), true);
        } else {
            int[] positions = hits.positions();
            for (int k = 0; k < hits.size(); k++) {
                values[positions[k]] = true;
            }
        }
        return values;
    }
}
