// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing little-endian byte array. */
final class ByteWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    private int reserve(long count) {
        long end = size + count;
        if (end > bytes.length) {
            if (end > Integer.MAX_VALUE - 16) {
                throw new IllegalArgumentException("more than 2 GB in one frame");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(end, bytes.length * 2L)));
        }
        int start = size;
        size = (int) end;
        return start;
    }

    void writeByte(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
    }

    void writeInt(int value) {
        int at = reserve(4);
        INT.set(bytes, at, value);
    }

    void writeLong(long value) {
        int at = reserve(8);
        LONG.set(bytes, at, value);
    }

    void writeInts(int[] values, int count) {
        int at = reserve(4L * count);
        for (int i = 0; i < count; i++) {
            INT.set(bytes, at + 4 * i, values[i]);
        }
    }

    void writeLongs(long[] values, int count) {
        int at = reserve(8L * count);
        for (int i = 0; i < count; i++) {
            LONG.set(bytes, at + 8 * i, values[i]);
        }
    }

    void writeFloats(float[] values, int count) {
        int at = reserve(4L * count);
        for (int i = 0; i < count; i++) {
            INT.set(bytes, at + 4 * i, Float.floatToRawIntBits(values[i]));
        }
    }

    void writeDoubles(double[] values, int count) {
        int at = reserve(8L * count);
        for (int i = 0; i < count; i++) {
            LONG.set(bytes, at + 8 * i, Double.doubleToRawLongBits(values[i]));
        }
    }

    void writeBooleans(boolean[] values, int count) {
        int at = reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (values[i] ? 1 : 0);
        }
    }

    void writeBytes(byte[] source, int from, int count) {
        int at = reserve(count);
        System.arraycopy(source, from, bytes, at, count);
    }

    void writeString(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        writeInt(encoded.length);
        writeBytes(encoded, 0, encoded.length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
