// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY and INT96. */
final class BytesValueBuffer extends ValueBuffer {
    private BytesBuffer bytes = new BytesBuffer();

    @Override
    void ensure(int capacity) {
        bytes.ensureValues(capacity - bytes.size);
    }

    @Override
    void decode(ValueDecoder decoder, int start, int count) {
        decoder.read(bytes, count);
    }

    @Override
    void skip(ValueDecoder decoder, int count) {
        decoder.skipBytes(count);
    }

    @Override
    void lookUp(Vector dictionary, int[] ids, int offset, int start, int count) {
        BytesVector values = (BytesVector) dictionary;
        byte[] data = values.data();
        int[] offsets = values.offsets();
        bytes.ensureValues(count);
        for (int i = offset; i < offset + count; i++) {
            int from = offsets[ids[i]];
            bytes.append(data, from, offsets[ids[i] + 1] - from);
        }
    }

    @Override
    void spread(int start, int slots, int present, long[] validity) {
        bytes.ensureValues(slots - present);
        int[] offsets = bytes.offsets;
        int from = start + present;
        for (int i = start + slots - 1; i >= start; i--) {
            offsets[i + 1] = offsets[from];
            if (Validity.isValid(validity, i)) {
                from--;
            }
        }
        bytes.size = start + slots;
    }

    @Override
    Vector take(DataType type, int size, long @Nullable [] validity) {
        BytesBuffer taken = bytes;
        bytes = new BytesBuffer();
        // The next batch is probably as large.
        bytes.offsets = new int[size + 1];
        bytes.data = new byte[taken.length()];
        boolean roomy = taken.data.length > 2L * taken.length() + 1024;
        byte[] data = roomy ? Arrays.copyOf(taken.data, taken.length()) : taken.data;
        return new BytesVector(type, size, data, taken.offsets, validity);
    }
}
