// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** ARRAY[a, b, …], whose elements may be NULL, and {@code array || array}. */
public final class ArrayConstructor {
    private ArrayConstructor() {}

    public static Expression of(List<Expression> elements, DataType.Array type) {
        return VectorCall.of(
                "array",
                elements,
                type,
                new boolean[elements.size()],
                true,
                (arguments, selection, rowCount) -> build(arguments, type, selection, rowCount));
    }

    private static Vector build(List<Vector> arguments, DataType.Array type, Selection selection, int rowCount) {
        VectorBuilder elements = VectorBuilder.of(type.element(), selection.size() * arguments.size());
        int[] offsets = new int[rowCount + 1];
        int next = 0;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            while (next <= p) {
                offsets[next++] = elements.size();
            }
            for (Vector argument : arguments) {
                elements.append(argument, p);
            }
        }
        while (next <= rowCount) {
            offsets[next++] = elements.size();
        }
        return new ListVector(type, rowCount, offsets, elements.build(), null);
    }

    /** The elements of arrays of one type one after the other; NULL when any array is. */
    public static Expression concat(List<Expression> arrays) {
        DataType.Array type = (DataType.Array) arrays.get(0).type();
        return VectorCall.of("||", arrays, type, (arguments, selection, rowCount) -> {
            List<ListVector> lists = new ArrayList<>();
            for (Vector argument : arguments) {
                lists.add((ListVector) argument.flatten());
            }
            return concat(lists, type, selection, rowCount);
        });
    }

    private static Vector concat(List<ListVector> lists, DataType.Array type, Selection selection, int rowCount) {
        VectorBuilder elements = VectorBuilder.of(type.element(), selection.size());
        int[] offsets = new int[rowCount + 1];
        int next = 0;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            while (next <= p) {
                offsets[next++] = elements.size();
            }
            for (ListVector list : lists) {
                for (int i = list.offsets()[p]; i < list.offsets()[p + 1]; i++) {
                    elements.append(list.elements(), i);
                }
            }
        }
        while (next <= rowCount) {
            offsets[next++] = elements.size();
        }
        return new ListVector(type, rowCount, offsets, elements.build(), null);
    }
}
