// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together one vector from several, each of which answers for its own positions of the batch. Positions of no part are NULL. */
final class Branches {
    private final DataType type;
    private final int rowCount;
    private final List<Vector> parts = new ArrayList<>();
    private final List<Selection> selections = new ArrayList<>();
    private boolean missing;

    Branches(DataType type, int rowCount) {
        this.type = type;
        this.rowCount = rowCount;
    }

    /** Adds a part; its positions are those of no other part. */
    void add(Vector part, Selection selection) {
        if (!selection.isEmpty()) {
            parts.add(part);
            selections.add(selection);
        }
    }

    /** @param selection all positions that matter */
    Vector merge(Selection selection) {
        if (parts.isEmpty()) {
            return ConstantVector.ofNull(type, rowCount);
        }
        if (parts.size() == 1 && selections.get(0).size() == selection.size()) {
            return parts.get(0);
        }
        int covered = selections.stream().mapToInt(Selection::size).sum();
        missing = covered < selection.size();
        return switch (type.kind()) {
            case BOOLEAN -> mergeBooleans();
            case TINYINT, SMALLINT, INTEGER, DATE -> mergeInts();
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY -> mergeLongs();
            case DECIMAL -> ((DataType.Decimal) type).isLong() ? mergeLongs() : mergeAny();
            case DOUBLE -> mergeDoubles();
            case REAL, VARCHAR, VARBINARY, UUID, ARRAY, MAP, ROW -> mergeAny();
            case NULL -> ConstantVector.ofNull(type, rowCount);
        };
    }

    /** Positions that matter are of some part, so that without NULLs in the parts there are none. */
    private long @Nullable [] validity() {
        boolean mayHaveNulls = missing;
        for (Vector part : parts) {
            mayHaveNulls |= part.mayHaveNulls();
        }
        return mayHaveNulls ? validPositions() : null;
    }

    private long[] validPositions() {
        long[] bits = Validity.allNull(rowCount);
        for (int i = 0; i < parts.size(); i++) {
            Selection selection =
                    Selections.valid(selections.get(i), parts.get(i).validity());
            for (int k = 0; k < selection.size(); k++) {
                Validity.setValid(bits, selection.position(k));
            }
        }
        return bits;
    }

    private static boolean isNull(Vector part) {
        return part instanceof ConstantVector constant && constant.isNullConstant();
    }

    private static Vector readable(Vector part) {
        return part instanceof ConstantVector constant ? constant.single() : part.flatten();
    }

    /** 0 for a constant, so that {@code position & mask} is where its value is. */
    private static int mask(Vector part) {
        return part instanceof ConstantVector ? 0 : -1;
    }

    private Vector mergeBooleans() {
        boolean[] result = new boolean[rowCount];
        for (int i = 0; i < parts.size(); i++) {
            if (!isNull(parts.get(i))) {
                boolean[] values = ((BooleanVector) readable(parts.get(i))).values();
                int mask = mask(parts.get(i));
                Selection selection = selections.get(i);
                for (int k = 0; k < selection.size(); k++) {
                    int p = selection.position(k);
                    result[p] = values[p & mask];
                }
            }
        }
        return new BooleanVector(type, rowCount, result, validity());
    }

    private Vector mergeInts() {
        int[] result = new int[rowCount];
        for (int i = 0; i < parts.size(); i++) {
            if (!isNull(parts.get(i))) {
                int[] values = ((IntVector) readable(parts.get(i))).values();
                int mask = mask(parts.get(i));
                Selection selection = selections.get(i);
                for (int k = 0; k < selection.size(); k++) {
                    int p = selection.position(k);
                    result[p] = values[p & mask];
                }
            }
        }
        return new IntVector(type, rowCount, result, validity());
    }

    private Vector mergeLongs() {
        long[] result = new long[rowCount];
        for (int i = 0; i < parts.size(); i++) {
            if (!isNull(parts.get(i))) {
                long[] values = ((LongVector) readable(parts.get(i))).values();
                int mask = mask(parts.get(i));
                Selection selection = selections.get(i);
                for (int k = 0; k < selection.size(); k++) {
                    int p = selection.position(k);
                    result[p] = values[p & mask];
                }
            }
        }
        return new LongVector(type, rowCount, result, validity());
    }

    private Vector mergeDoubles() {
        double[] result = new double[rowCount];
        for (int i = 0; i < parts.size(); i++) {
            if (!isNull(parts.get(i))) {
                double[] values = ((DoubleVector) readable(parts.get(i))).values();
                int mask = mask(parts.get(i));
                Selection selection = selections.get(i);
                for (int k = 0; k < selection.size(); k++) {
                    int p = selection.position(k);
                    result[p] = values[p & mask];
                }
            }
        }
        return new DoubleVector(type, rowCount, result, validity());
    }

    private Vector mergeAny() {
        int[] partOf = new int[rowCount];
        for (int i = 0; i < parts.size(); i++) {
            Selection selection = selections.get(i);
            for (int k = 0; k < selection.size(); k++) {
                partOf[selection.position(k)] = i + 1;
            }
        }
        VectorBuilder builder = VectorBuilder.of(type, rowCount);
        for (int p = 0; p < rowCount; p++) {
            if (partOf[p] == 0) {
                builder.appendNull();
            } else {
                builder.append(parts.get(partOf[p] - 1), p);
            }
        }
        return builder.build();
    }
}
