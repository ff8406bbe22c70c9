// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a join keeps of one of its sides.
 *
 * @param types the columns of the side
 * @param kept where each column stands among the kept ones, -1 for those that are not kept
 * @param keys whose columns are all kept
 */
public record JoinSide(List<DataType> types, int[] kept, JoinKeys keys) {
    /**
     * @param read which columns somebody reads
     */
    public static JoinSide of(List<DataType> types, boolean[] read, JoinKeys keys) {
        boolean[] keep = read.clone();
        for (int key : keys.ordinals()) {
            keep[key] = true;
        }
        int[] kept = new int[keep.length];
        Arrays.fill(kept, -1);
        int next = 0;
        for (int i = 0; i < kept.length; i++) {
            if (keep[i]) {
                kept[i] = next++;
            }
        }
        return new JoinSide(types, kept, keys);
    }

    /** A batch of the kept columns as one of all columns; those that are not kept are NULL. */
    public Batch widened(Batch batch) {
        List<Vector> columns = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            columns.add(kept[i] < 0 ? ConstantVector.ofNull(types.get(i), batch.rowCount()) : batch.column(kept[i]));
        }
        return new Batch(columns, batch.rowCount(), batch.selection());
    }

    /** The key columns' places among the kept ones. */
    int[] keptKeys() {
        return Arrays.stream(keys.ordinals()).map(ordinal -> kept[ordinal]).toArray();
    }

    /** The ordinals of the kept columns, in order. */
    int[] columns() {
        int[] result =
                new int[(int) Arrays.stream(kept).filter(place -> place >= 0).count()];
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] >= 0) {
                result[kept[i]] = i;
            }
        }
        return result;
    }
}
