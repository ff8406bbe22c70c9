// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key column whose distinct values are numbered as they come. The entries of a dictionary are looked up once each, as
 * long as vectors with the same dictionary follow each other.
 */
abstract class Interned extends KeyColumn {
    private static final int UNKNOWN = -2;

    private @Nullable Vector dictionary;
    private int[] dictionaryCodes = {};

    Interned(DataType type) {
        super(type);
    }

    @Override
    abstract Interned reader();

    @Override
    final boolean isCoded() {
        return true;
    }

    @Override
    final void encode(Vector vector, int[] positions, int count, long[][] words, boolean insert) {
        long[] result = words[0];
        if (vector instanceof ConstantVector wrapper) {
            long code = wrapper.isNullConstant() || count == 0 ? 0 : code(wrapper.single(), 0, insert);
            Arrays.fill(result, 0, count, code);
        } else if (vector instanceof DictionaryVector wrapper) {
            encodeThrough(wrapper, positions, count, result, insert);
        } else {
            boolean nulls = vector.mayHaveNulls();
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                result[i] = nulls && vector.isNull(position) ? 0 : code(vector, position, insert);
            }
        }
    }

    private void encodeThrough(DictionaryVector vector, int[] positions, int count, long[] result, boolean insert) {
        Vector values = vector.dictionary();
        if (dictionary != values) {
            dictionary = values;
            dictionaryCodes = new int[values.size()];
            Arrays.fill(dictionaryCodes, UNKNOWN);
        }
        int[] codes = dictionaryCodes;
        int[] ids = vector.ids();
        boolean nulls = vector.mayHaveNulls();
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (nulls && vector.isNull(position)) {
                result[i] = 0;
                continue;
            }
            int code = codes[ids[position]];
            if (code < 0) {
                code = code == UNKNOWN || insert ? code(values, ids[position], insert) : code;
                codes[ids[position]] = code;
            }
            result[i] = code;
        }
    }

    /** The code of a value of a value vector, which is not NULL; a new one or {@link #ABSENT} if it has none. */
    abstract int code(Vector vector, int position, boolean insert);

    @Override
    final Vector decode(long[][] words, int from, int to, long @Nullable [] validity) {
        int[] codes = new int[to - from];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (int) words[0][from + i];
        }
        return decode(codes, validity);
    }

    /** The values of these codes; where {@code validity} says NULL the code means nothing. */
    abstract Vector decode(int[] codes, long @Nullable [] validity);
}
