// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import org.jspecify.annotations.Nullable;

/** Tests of single values that cannot fail, spread over wrapped vectors. */
public final class Matching {
    private static final Vector TRUE = VectorBuilder.vector(DataType.BOOLEAN, true);
    private static final Vector FALSE = VectorBuilder.vector(DataType.BOOLEAN, false);

    private Matching() {}

    /** A test of single values. */
    @FunctionalInterface
    public interface Matcher {
        /** The positions of {@code selection}, none of them NULL, at which the value vector {@code flat} passes. */
        Selection match(Vector flat, Selection selection);
    }

    /** The selected positions that are not NULL and pass. */
    public static Selection filter(Vector vector, Selection selection, Matcher matcher) {
        if (vector instanceof ConstantVector constant) {
            boolean pass = !constant.isNullConstant()
                    && !matcher.match(constant.single(), Selection.all(1)).isEmpty();
            return pass ? selection : Selections.none();
        }
        Selection valid = Selections.valid(selection, vector.validity());
        if (vector instanceof DictionaryVector dictionary) {
            return Vectors.isSmall(dictionary, valid)
                    ? filterEntries(dictionary, valid, matcher)
                    : filterGathered(dictionary, valid, matcher);
        }
        return matcher.match(vector, valid);
    }

    /** TRUE, FALSE or (where the input is) NULL, for each position. */
    public static Vector evaluate(Vector vector, Selection selection, Matcher matcher) {
        if (vector instanceof ConstantVector constant && constant.isNullConstant()) {
            return ConstantVector.ofNull(DataType.BOOLEAN, vector.size());
        }
        if (vector instanceof ConstantVector && !selection.isEmpty()) {
            return constant(!filter(vector, selection, matcher).isEmpty(), vector.size());
        }
        return toBoolean(filter(vector, selection, matcher), vector.size(), vector.validity());
    }

    /** TRUE at the hits, FALSE elsewhere, NULL where {@code bits} says so. */
    public static Vector toBoolean(Selection hits, int rowCount, long @Nullable [] bits) {
        return new BooleanVector(DataType.BOOLEAN, rowCount, Filters.scatter(hits, rowCount), bits);
    }

    /** The same truth value at every position. */
    public static Vector constant(boolean value, int rowCount) {
        return ConstantVector.of(value ? TRUE : FALSE, rowCount);
    }

    private static Selection filterEntries(DictionaryVector vector, Selection valid, Matcher matcher) {
        int entries = vector.dictionary().size();
        if (entries == 0) {
            return Selections.none();
        }
        Selection hits = matcher.match(vector.dictionary(), Selection.all(entries));
        if (hits.isEmpty() || hits.size() == entries) {
            return hits.isEmpty() ? hits : valid;
        }
        boolean[] pass = Filters.scatter(hits, entries);
        int[] ids = vector.ids();
        int size = valid.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = valid.position(k);
            positions[count] = p;
            count += pass[ids[p]] ? 1 : 0;
        }
        return Selections.hits(valid, positions, count);
    }

    private static Selection filterGathered(DictionaryVector vector, Selection valid, Matcher matcher) {
        int size = valid.size();
        int[] entries = new int[size];
        for (int k = 0; k < size; k++) {
            entries[k] = vector.ids()[valid.position(k)];
        }
        Selection hits = matcher.match(vector.dictionary().gather(entries, size), Selection.all(size));
        if (hits.isAll() && hits.size() == size) {
            return valid;
        }
        int[] positions = new int[hits.size()];
        for (int k = 0; k < positions.length; k++) {
            positions[k] = valid.position(hits.position(k));
        }
        return Selection.of(positions, positions.length);
    }
}
