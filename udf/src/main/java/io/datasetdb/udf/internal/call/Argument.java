// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a row method for the length of a batch: hands out Java values by position, through a dictionary or a
 * constant, which it decodes only once. The primitive readers must not be asked at NULL positions.
 */
public final class Argument {
    private static final int[] NONE = new int[0];

    private final Vector vector;
    private final Vector values;
    private final int[] ids;
    private final boolean constant;
    private final @Nullable Object[] decoded;

    Argument(Vector vector) {
        this.vector = vector;
        if (vector instanceof DictionaryVector wrapper) {
            values = wrapper.dictionary();
            ids = wrapper.ids();
            constant = false;
            decoded = new Object[values.size()];
        } else if (vector instanceof ConstantVector wrapper) {
            values = wrapper.isNullConstant() ? wrapper : wrapper.single();
            ids = NONE;
            constant = true;
            decoded = new Object[1];
        } else {
            values = vector;
            ids = NONE;
            constant = false;
            decoded = NONE_DECODED;
        }
    }

    private static final Object[] NONE_DECODED = new Object[0];

    private int index(int position) {
        return constant ? 0 : ids.length > 0 ? ids[position] : position;
    }

    boolean readBoolean(int position) {
        return ((BooleanVector) values).values()[index(position)];
    }

    int readInt(int position) {
        return ((IntVector) values).values()[index(position)];
    }

    long readLong(int position) {
        return ((LongVector) values).values()[index(position)];
    }

    float readFloat(int position) {
        return ((FloatVector) values).values()[index(position)];
    }

    double readDouble(int position) {
        return ((DoubleVector) values).values()[index(position)];
    }

    @Nullable
    String readString(int position) {
        if (vector.isNull(position)) {
            return null;
        }
        int index = index(position);
        if (index >= decoded.length) {
            return ((BytesVector) values).string(index);
        }
        Object known = decoded[index];
        if (known == null) {
            known = ((BytesVector) values).string(index);
            decoded[index] = known;
        }
        return (String) known;
    }

    /** A fresh copy each time: the method may write to it. */
    byte @Nullable [] readBytes(int position) {
        return vector.isNull(position) ? null : ((BytesVector) values).bytes(index(position));
    }

    float @Nullable [] readFloats(int position) {
        if (vector.isNull(position)) {
            return null;
        }
        ListVector lists = (ListVector) values;
        int index = index(position);
        int from = lists.offsets()[index];
        int to = lists.offsets()[index + 1];
        Vector elements = lists.elements().flatten();
        refuseNulls(elements, from, to);
        return Arrays.copyOfRange(((FloatVector) elements).values(), from, to);
    }

    double @Nullable [] readDoubles(int position) {
        if (vector.isNull(position)) {
            return null;
        }
        ListVector lists = (ListVector) values;
        int index = index(position);
        int from = lists.offsets()[index];
        int to = lists.offsets()[index + 1];
        Vector elements = lists.elements().flatten();
        refuseNulls(elements, from, to);
        return Arrays.copyOfRange(((DoubleVector) elements).values(), from, to);
    }

    @Nullable
    Object readObject(int position) {
        return vector.getObject(position);
    }

    private static void refuseNulls(Vector elements, int from, int to) {
        long[] validity = elements.validity();
        for (int i = from; validity != null && i < to; i++) {
            if (!Validity.isValid(validity, i)) {
                throw new IllegalArgumentException("element " + (i - from) + " of an array is NULL");
            }
        }
    }
}
