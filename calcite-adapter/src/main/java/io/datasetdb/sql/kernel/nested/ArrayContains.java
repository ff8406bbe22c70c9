// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** Whether a value of the element type is among the elements of an ARRAY; NULL elements equal nothing, a NULL argument gives NULL. */
public final class ArrayContains {
    private ArrayContains() {}

    public static Expression of(Expression array, Expression element) {
        return VectorCall.of(
                "array_contains",
                List.of(array, element),
                DataType.BOOLEAN,
                (arguments, selection, rowCount) ->
                        contains((ListVector) arguments.get(0).flatten(), arguments.get(1), selection, rowCount));
    }

    private static Vector contains(ListVector list, Vector element, Selection selection, int rowCount) {
        boolean[] values = new boolean[rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            for (int i = list.offsets()[p]; i < list.offsets()[p + 1] && !values[p]; i++) {
                values[p] = !list.elements().isNull(i) && ValueOrder.equal(list.elements(), i, element, p);
            }
        }
        return new BooleanVector(DataType.BOOLEAN, rowCount, values, null);
    }
}
