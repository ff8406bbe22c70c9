// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/** {@code array[i]}, from 1, or from the end if negative, and {@code map[key]}; NULL if there is no such element. */
public final class ItemAccess {
    private ItemAccess() {}

    /** @param index an integer of any width for an array, a value of the key's type for a map */
    public static Expression of(Expression container, Expression index) {
        if (container.type() instanceof DataType.Array array) {
            return VectorCall.of(
                    "item",
                    List.of(container, index),
                    array.element(),
                    (arguments, selection, rowCount) -> element(arguments, selection, rowCount));
        }
        if (container.type() instanceof DataType.Map map) {
            return VectorCall.of(
                    "item",
                    List.of(container, index),
                    map.value(),
                    (arguments, selection, rowCount) -> entry(arguments, selection, rowCount));
        }
        throw new IllegalStateException("no items in " + container.type());
    }

    private static Vector element(List<Vector> arguments, Selection selection, int rowCount) {
        ListVector list = (ListVector) arguments.get(0).flatten();
        ExactOperand index = ExactOperand.of(arguments.get(1));
        int[] positions = new int[rowCount];
        Arrays.fill(positions, -1);
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            long i = index.low(p) < 0 ? index.low(p) + list.length(p) + 1 : index.low(p);
            if (i >= 1 && i <= list.length(p)) {
                positions[p] = list.offsets()[p] + (int) i - 1;
            }
        }
        return list.elements().gather(positions, rowCount);
    }

    private static Vector entry(List<Vector> arguments, Selection selection, int rowCount) {
        MapVector map = (MapVector) arguments.get(0).flatten();
        Vector key = arguments.get(1);
        int[] positions = new int[rowCount];
        Arrays.fill(positions, -1);
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            for (int i = map.offsets()[p]; i < map.offsets()[p + 1]; i++) {
                if (ValueOrder.equal(map.keys(), i, key, p)) {
                    positions[p] = i;
                }
            }
        }
        return map.values().gather(positions, rowCount);
    }
}
