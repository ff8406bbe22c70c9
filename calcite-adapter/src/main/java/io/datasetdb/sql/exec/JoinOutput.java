// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The shapes of a join's batches. */
final class JoinOutput {
    private JoinOutput() {}

    /** The columns of a join of these inputs. */
    static List<DataType> types(OperatorFactory left, OperatorFactory right, JoinKind kind) {
        List<DataType> types = new ArrayList<>(left.types());
        if (kind.hasRightColumns()) {
            types.addAll(right.types());
        } else if (kind == JoinKind.MARK) {
            types.add(DataType.BOOLEAN);
        }
        return List.copyOf(types);
    }

    /** Every column of so many. */
    static boolean[] all(int columns) {
        boolean[] result = new boolean[columns];
        Arrays.fill(result, true);
        return result;
    }

    /** Two lists, one after the other. */
    static List<Vector> concat(List<Vector> left, List<Vector> right) {
        List<Vector> result = new ArrayList<>(left.size() + right.size());
        result.addAll(left);
        result.addAll(right);
        return result;
    }

    /** A column of NULLs for each type. */
    static List<Vector> nulls(List<DataType> types, int size) {
        List<Vector> result = new ArrayList<>(types.size());
        for (DataType type : types) {
            result.add(ConstantVector.ofNull(type, size));
        }
        return result;
    }

    /** One row, at every position. */
    static List<Vector> constants(List<Vector> columns, int position, int size) {
        List<Vector> result = new ArrayList<>(columns.size());
        for (Vector column : columns) {
            result.add(
                    column.isNull(position)
                            ? ConstantVector.ofNull(column.type(), size)
                            : ConstantVector.of(
                                    column.gather(new int[] {position}, 1).flatten(), size));
        }
        return result;
    }

    /** The selected rows whose flag (by place in the selection) is as wanted. */
    static Selection where(int[] positions, int count, boolean[] flags, boolean wanted) {
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (flags[i] == wanted) {
                kept[size++] = positions[i];
            }
        }
        return Selection.of(kept, size);
    }

    /**
     * The answer of a join that yields each left row at most once.
     *
     * @param matched whether the {@code i}th selected row has a match
     * @param unknown whether a NULL stands in the way of saying that it has none
     */
    static Batch leftOnly(Batch left, int[] positions, boolean[] matched, boolean[] unknown, JoinKind kind) {
        int count = left.size();
        return switch (kind) {
            case SEMI -> left.select(where(positions, count, matched, true));
            case ANTI -> left.select(where(positions, count, matched, false));
            case NULL_AWARE_ANTI -> {
                boolean[] out = new boolean[count];
                for (int i = 0; i < count; i++) {
                    out[i] = matched[i] || unknown[i];
                }
                yield left.select(where(positions, count, out, false));
            }
            case MARK -> {
                Vector mark = mark(left, positions, matched, unknown);
                yield new Batch(concat(left.columns(), List.of(mark)), left.rowCount(), left.selection());
            }
            case INNER, LEFT, RIGHT, FULL -> throw new IllegalStateException("has right columns: " + kind);
        };
    }

    private static Vector mark(Batch left, int[] positions, boolean[] matched, boolean[] unknown) {
        boolean[] values = new boolean[left.rowCount()];
        long[] validity = Validity.allValid(left.rowCount());
        for (int i = 0; i < left.size(); i++) {
            values[positions[i]] = matched[i];
            if (!matched[i] && unknown[i]) {
                Validity.setNull(validity, positions[i]);
            }
        }
        return new BooleanVector(DataType.BOOLEAN, left.rowCount(), values, validity);
    }
}
