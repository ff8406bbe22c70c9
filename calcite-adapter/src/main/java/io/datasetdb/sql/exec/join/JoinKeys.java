// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns by whose equality a join finds its rows.
 *
 * @param ordinals the columns of the side that is kept
 * @param otherOrdinals as many columns of the other side
 * @param nullSafe for each, whether NULL equals NULL rather than nothing
 * @param types of the columns of the side that is kept
 * @param otherTypes of the columns of the other side: the same, or whole numbers of any width for each other, or DECIMALs of
 *     the same scale
 */
public record JoinKeys(
        int[] ordinals, int[] otherOrdinals, boolean[] nullSafe, List<DataType> types, List<DataType> otherTypes) {
    /**
     * Keys out of the columns of two sides.
     *
     * @param sideTypes the columns of the side that is kept
     * @param otherSideTypes the columns of the other side
     */
    public static JoinKeys of(
            List<DataType> sideTypes,
            int[] ordinals,
            List<DataType> otherSideTypes,
            int[] otherOrdinals,
            boolean[] nullSafe) {
        return new JoinKeys(
                ordinals, otherOrdinals, nullSafe, pick(sideTypes, ordinals), pick(otherSideTypes, otherOrdinals));
    }

    private static List<DataType> pick(List<DataType> types, int[] ordinals) {
        List<DataType> result = new ArrayList<>();
        for (int ordinal : ordinals) {
            result.add(types.get(ordinal));
        }
        return result;
    }

    int size() {
        return ordinals.length;
    }

    /** The key columns of a batch of the side that is kept. */
    Vector[] in(Batch batch) {
        Vector[] result = new Vector[ordinals.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = batch.column(ordinals[i]);
        }
        return result;
    }

    /** Whether some of these columns may hold a NULL that matches nothing. */
    boolean mayDrop(Vector[] keys) {
        for (int i = 0; i < keys.length; i++) {
            if (!nullSafe[i] && keys[i].mayHaveNulls()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a NULL keeps this key from matching anything. */
    boolean drops(Vector[] keys, int position) {
        for (int i = 0; i < keys.length; i++) {
            if (!nullSafe[i] && keys[i].isNull(position)) {
                return true;
            }
        }
        return false;
    }
}
