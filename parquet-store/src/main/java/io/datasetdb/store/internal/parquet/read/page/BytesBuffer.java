// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import java.util.Arrays;
import org.apache.parquet.io.ParquetDecodingException;

/** Byte strings one after the other, growing; fields are open to the decoders of this package. */
final class BytesBuffer {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    byte[] data = new byte[0];
    int[] offsets = new int[1];
    int size;

    /** The bytes so far. */
    int length() {
        return offsets[size];
    }

    /** Makes room for {@code count} more values. */
    void ensureValues(int count) {
        if (size + count + 1 > offsets.length) {
            offsets =
                    Arrays.copyOf(offsets, Math.max(size + count + 1, (int) Math.min(MAX_BYTES, offsets.length * 2L)));
        }
    }

    /** Makes room for {@code bytes} more bytes. */
    void ensureBytes(long bytes) {
        long needed = length() + bytes;
        if (needed > MAX_BYTES) {
            throw new ParquetDecodingException("the values of one batch take more than 2 GiB");
        }
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(MAX_BYTES, Math.max(needed, data.length * 3L / 2)));
        }
    }

    /** Adds one value; there must be room for it in the offsets. */
    void append(byte[] source, int offset, int length) {
        ensureBytes(length);
        System.arraycopy(source, offset, data, length(), length);
        offsets[size + 1] = length() + length;
        size++;
    }
}
