// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.Vector;
import java.util.List;

/** The number of elements of an ARRAY or of entries of a MAP, an INTEGER. */
public final class Cardinality {
    private Cardinality() {}

    public static Expression of(Expression container) {
        return VectorCall.of("cardinality", List.of(container), DataType.INTEGER, (arguments, selection, rowCount) -> {
            int[] offsets = offsets(arguments.get(0).flatten());
            int[] values = new int[rowCount];
            for (int p = 0; p < rowCount; p++) {
                values[p] = offsets[p + 1] - offsets[p];
            }
            return new IntVector(DataType.INTEGER, rowCount, values, null);
        });
    }

    private static int[] offsets(Vector vector) {
        if (vector instanceof ListVector list) {
            return list.offsets();
        }
        if (vector instanceof MapVector map) {
            return map.offsets();
        }
        throw new IllegalStateException("no elements in " + vector.type());
    }
}
