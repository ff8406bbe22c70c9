// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Distinct ARRAY, MAP and ROW values, by {@link ValueHash} and {@link ValueOrder}. */
final class InternedValues extends Interned {
    /** One vector of one position a code. */
    private final List<Vector> values = new ArrayList<>();

    private final VectorBuilder single;
    private long[] slots = new long[128];
    private long valueBytes;
    private int size;

    InternedValues(DataType type) {
        super(type);
        single = VectorBuilder.of(type, 1);
    }

    private InternedValues(InternedValues whole) {
        this(whole.type);
        values.addAll(whole.values);
        slots = whole.slots;
        size = whole.size;
    }

    @Override
    Interned reader() {
        return new InternedValues(this);
    }

    @Override
    int codes() {
        return size;
    }

    @Override
    int code(Vector vector, int position, boolean insert) {
        long hash = ValueHash.hash(vector, position);
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            long entry = slots[slot];
            int code = (int) entry - 1;
            if ((entry ^ hash) >>> 32 == 0 && ValueOrder.equal(values.get(code), 0, vector, position)) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
        if (!insert) {
            return (int) ABSENT;
        }
        slots[slot] = (hash & 0xFFFFFFFF00000000L) | (size + 1);
        append(vector, position);
        if (size * 2L > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void append(Vector vector, int position) {
        single.append(vector, position);
        Vector value = single.build();
        values.add(value);
        valueBytes += value.heapBytes();
        size++;
    }

    private void rehash() {
        long[] grown = new long[Growth.doubled(slots.length)];
        int mask = grown.length - 1;
        for (int code = 0; code < size; code++) {
            long hash = ValueHash.hash(values.get(code), 0);
            int slot = (int) hash & mask;
            while (grown[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            grown[slot] = (hash & 0xFFFFFFFF00000000L) | (code + 1);
        }
        slots = grown;
    }

    @Override
    Vector decode(int[] codes, long @Nullable [] validity) {
        if (type.kind() == DataType.Kind.NULL) {
            return ConstantVector.ofNull(type, codes.length);
        }
        VectorBuilder result = VectorBuilder.of(type, codes.length);
        for (int i = 0; i < codes.length; i++) {
            if (Validity.isValid(validity, i)) {
                result.append(values.get(codes[i]), 0);
            } else {
                result.appendNull();
            }
        }
        return result.build();
    }

    @Override
    long heapBytes() {
        return valueBytes + 8L * slots.length;
    }
}
