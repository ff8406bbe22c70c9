// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * VARCHAR (UTF-8) and VARBINARY values: the value at position {@code i} is {@code data[offsets[i] .. offsets[i + 1])}.
 * A NULL position has an empty range.
 */
public final class BytesVector extends Vector {
    private final byte[] data;
    private final int[] offsets;

    public BytesVector(DataType type, int size, byte[] data, int[] offsets, long @Nullable [] validity) {
        super(type, size, validity);
        this.data = data;
        this.offsets = offsets;
    }

    /** All values' bytes. To be read only. */
    public byte[] data() {
        return data;
    }

    /** Where each value starts; {@code size() + 1} elements count. To be read only. */
    public int[] offsets() {
        return offsets;
    }

    /** The length in bytes of the value at {@code position}. */
    public int length(int position) {
        return offsets[position + 1] - offsets[position];
    }

    /** A copy of the bytes at {@code position}. */
    public byte[] bytes(int position) {
        return Arrays.copyOfRange(data, offsets[position], offsets[position + 1]);
    }

    /** The bytes at {@code position}, decoded as UTF-8. */
    public String string(int position) {
        return new String(data, offsets[position], length(position), StandardCharsets.UTF_8);
    }

    @Override
    Object value(int position) {
        return type().kind() == DataType.Kind.VARBINARY ? bytes(position) : string(position);
    }

    @Override
    public BytesVector gather(int[] positions, int count) {
        int[] newOffsets = new int[count + 1];
        long total = 0;
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                total += offsets[position + 1] - offsets[position];
            }
            newOffsets[i + 1] = Math.toIntExact(total);
        }
        byte[] newData = new byte[(int) total];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                System.arraycopy(data, offsets[position], newData, newOffsets[i], newOffsets[i + 1] - newOffsets[i]);
            }
        }
        return new BytesVector(type(), count, newData, newOffsets, gatherValidity(positions, count));
    }

    @Override
    public long heapBytes() {
        return data.length + 4L * offsets.length + validityBytes();
    }
}
