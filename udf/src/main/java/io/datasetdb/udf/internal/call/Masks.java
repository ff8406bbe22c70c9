// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/** Vectors with more NULLs than they came with. */
final class Masks {
    private Masks() {}

    /** The same values, NULL also where {@code validity} has no value. */
    static Vector mask(Vector vector, long @Nullable [] validity) {
        if (validity == null) {
            return vector;
        }
        long[] bits = Validity.and(vector.validity(), validity);
        int size = vector.size();
        if (vector instanceof BooleanVector values) {
            return new BooleanVector(vector.type(), size, values.values(), bits);
        } else if (vector instanceof IntVector values) {
            return new IntVector(vector.type(), size, values.values(), bits);
        } else if (vector instanceof LongVector values) {
            return new LongVector(vector.type(), size, values.values(), bits);
        } else if (vector instanceof FloatVector values) {
            return new FloatVector(vector.type(), size, values.values(), bits);
        } else if (vector instanceof DoubleVector values) {
            return new DoubleVector(vector.type(), size, values.values(), bits);
        } else if (vector instanceof Int128Vector values) {
            return new Int128Vector(vector.type(), size, values.high(), values.low(), bits);
        } else if (vector instanceof DictionaryVector values) {
            return new DictionaryVector(size, values.ids(), values.dictionary(), bits);
        }
        return maskNested(vector, validity, bits);
    }

    /** Forms in which a NULL must also have an empty range or NULL fields, which only some results have already. */
    private static Vector maskNested(Vector vector, long[] validity, long @Nullable [] bits) {
        int size = vector.size();
        if (vector instanceof ConstantVector || vector instanceof RowVector) {
            return gathered(vector, validity);
        } else if (vector instanceof BytesVector values && emptyWhereNull(values.offsets(), validity, size)) {
            return new BytesVector(vector.type(), size, values.data(), values.offsets(), bits);
        } else if (vector instanceof ListVector values && emptyWhereNull(values.offsets(), validity, size)) {
            return new ListVector(vector.type(), size, values.offsets(), values.elements(), bits);
        } else if (vector instanceof MapVector values && emptyWhereNull(values.offsets(), validity, size)) {
            return new MapVector(vector.type(), size, values.offsets(), values.keys(), values.values(), bits);
        }
        return gathered(vector, validity);
    }

    private static boolean emptyWhereNull(int[] offsets, long[] validity, int size) {
        for (int i = 0; i < size; i++) {
            if (offsets[i] != offsets[i + 1] && !Validity.isValid(validity, i)) {
                return false;
            }
        }
        return true;
    }

    private static Vector gathered(Vector vector, long[] validity) {
        int[] positions = new int[vector.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Validity.isValid(validity, i) ? i : -1;
        }
        return vector.gather(positions, positions.length);
    }
}
