// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/** What several kernels do with whole vectors. */
public final class Vectors {
    private Vectors() {}

    /** The same values, NULL also where {@code bits} says so. */
    public static Vector restrict(Vector vector, long @Nullable [] bits) {
        long[] validity = Validity.and(vector.validity(), bits);
        int size = vector.size();
        if (validity == null || validity == vector.validity()) {
            return vector;
        }
        if (vector instanceof LongVector longs) {
            return new LongVector(vector.type(), size, longs.values(), validity);
        }
        if (vector instanceof IntVector ints) {
            return new IntVector(vector.type(), size, ints.values(), validity);
        }
        if (vector instanceof DoubleVector doubles) {
            return new DoubleVector(vector.type(), size, doubles.values(), validity);
        }
        if (vector instanceof FloatVector floats) {
            return new FloatVector(vector.type(), size, floats.values(), validity);
        }
        if (vector instanceof BooleanVector booleans) {
            return new BooleanVector(vector.type(), size, booleans.values(), validity);
        }
        if (vector instanceof Int128Vector wide) {
            return wide.withValidity(validity);
        }
        if (vector instanceof DictionaryVector wrapper) {
            return new DictionaryVector(size, wrapper.ids(), wrapper.dictionary(), validity);
        }
        if (vector instanceof ConstantVector constant && constant.isNullConstant()) {
            return vector;
        }
        if (vector instanceof BytesVector bytes && emptyWhereNull(bytes, validity)) {
            return new BytesVector(vector.type(), size, bytes.data(), bytes.offsets(), validity);
        }
        int[] positions = new int[size];
        for (int p = 0; p < size; p++) {
            positions[p] = Validity.isValid(validity, p) ? p : -1;
        }
        return vector.gather(positions, size);
    }

    private static boolean emptyWhereNull(BytesVector bytes, long[] validity) {
        for (int p = 0; p < bytes.size(); p++) {
            if (!Validity.isValid(validity, p) && bytes.length(p) != 0) {
                return false;
            }
        }
        return true;
    }

    /** A constant of the value at {@code position}, {@code size} times. */
    public static Vector constantAt(Vector vector, int position, int size) {
        return vector.isNull(position)
                ? ConstantVector.ofNull(vector.type(), size)
                : ConstantVector.of(vector.gather(new int[] {position}, 1).flatten(), size);
    }

    /** The constant again for another number of positions. */
    public static Vector resize(ConstantVector constant, int size) {
        return constant.isNullConstant()
                ? ConstantVector.ofNull(constant.type(), size)
                : ConstantVector.of(constant.single(), size);
    }

    /** The entries of the dictionary that the selected positions refer to. */
    public static Selection referenced(DictionaryVector vector, Selection selection) {
        int entries = vector.dictionary().size();
        boolean[] used = new boolean[entries];
        int[] ids = vector.ids();
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            if (!vector.isNull(p)) {
                used[ids[p]] = true;
            }
        }
        return Filters.match(used, Selection.all(entries), true);
    }

    /**
     * The values of {@code perEntry} for each position of the dictionary vector they were computed from.
     *
     * @param perEntry one value an entry of the dictionary; entries that no selected position refers to are undefined
     */
    public static Vector expand(Vector perEntry, DictionaryVector vector, Selection selection) {
        boolean keep = !perEntry.mayHaveNulls()
                && !(perEntry instanceof BooleanVector)
                && !(perEntry instanceof ConstantVector)
                && !(perEntry instanceof DictionaryVector);
        if (keep) {
            return new DictionaryVector(vector.size(), vector.ids(), perEntry, vector.validity());
        }
        int[] positions = new int[vector.size()];
        java.util.Arrays.fill(positions, -1);
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            positions[p] = vector.isNull(p) ? -1 : vector.ids()[p];
        }
        return perEntry.gather(positions, positions.length).flatten();
    }

    /** The value vector, whose values elsewhere than at the selected positions mean nothing. */
    public static Vector flatten(DictionaryVector vector, Selection selection) {
        if (vector.validity() != null || !(vector.dictionary() instanceof LongVector entries)) {
            return vector.flatten();
        }
        long[] values = new long[vector.size()];
        long[] source = entries.values();
        int[] ids = vector.ids();
        int size = selection.size();
        if (selection.isAll()) {
            for (int p = 0; p < size; p++) {
                values[p] = source[ids[p]];
            }
        } else {
            int[] positions = selection.positions();
            for (int k = 0; k < size; k++) {
                int p = positions[k];
                values[p] = source[ids[p]];
            }
        }
        return new LongVector(vector.type(), values.length, values, null);
    }

    /** Whether it pays to compute once an entry of the dictionary rather than once a position. */
    public static boolean isSmall(DictionaryVector vector, Selection selection) {
        return vector.dictionary().size() <= selection.size();
    }
}
