// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** MAP[k, v, …]: a NULL key is an error (22004); of equal keys the last value counts, in the place of the first. */
public final class MapConstructor {
    private MapConstructor() {}

    public static Expression of(List<Expression> keys, List<Expression> values, DataType.Map type) {
        if (keys.size() != values.size()) {
            throw new IllegalStateException(keys.size() + " keys, " + values.size() + " values");
        }
        List<Expression> operands = new ArrayList<>(keys);
        operands.addAll(values);
        return VectorCall.of(
                "map",
                operands,
                type,
                new boolean[operands.size()],
                true,
                (arguments, selection, rowCount) -> build(arguments, type, selection, rowCount));
    }

    private static Vector build(List<Vector> arguments, DataType.Map type, Selection selection, int rowCount) {
        int entries = arguments.size() / 2;
        VectorBuilder keys = VectorBuilder.of(type.key(), selection.size() * entries);
        VectorBuilder values = VectorBuilder.of(type.value(), selection.size() * entries);
        int[] offsets = new int[rowCount + 1];
        int next = 0;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            while (next <= p) {
                offsets[next++] = keys.size();
            }
            for (int i = 0; i < entries; i++) {
                if (arguments.get(i).isNull(p)) {
                    throw new DatasetDbException(
                            KernelError.NULL_NOT_ALLOWED, "Cannot build a map: key " + (i + 1) + " is NULL");
                }
                if (other(arguments, i, 0, i, p) < 0) {
                    int last = other(arguments, i, i + 1, entries, p);
                    keys.append(arguments.get(i), p);
                    values.append(arguments.get(entries + Math.max(last, i)), p);
                }
            }
        }
        while (next <= rowCount) {
            offsets[next++] = keys.size();
        }
        return new MapVector(type, rowCount, offsets, keys.build(), values.build(), null);
    }

    /** The last entry from {@code from} up to {@code to} with the key of entry {@code i}, or -1. */
    private static int other(List<Vector> arguments, int i, int from, int to, int p) {
        for (int j = to - 1; j >= from; j--) {
            if (ValueOrder.notDistinct(arguments.get(i), p, arguments.get(j), p)) {
                return j;
            }
        }
        return -1;
    }
}
