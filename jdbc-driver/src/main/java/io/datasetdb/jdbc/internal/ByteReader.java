// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; fails before it allocates more than the bytes can hold. */
final class ByteReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    private int take(long count) {
        if (count < 0 || count > bytes.length - position) {
            throw new IllegalArgumentException("a frame ends early (at byte " + bytes.length + ")");
        }
        int start = position;
        position += (int) count;
        return start;
    }

    byte readByte() {
        int at = take(1);
        return bytes[at];
    }

    int readInt() {
        int at = take(4);
        return (int) INT.get(bytes, at);
    }

    long readLong() {
        int at = take(8);
        return (long) LONG.get(bytes, at);
    }

    int[] readInts(int count) {
        int at = take(4L * count);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = (int) INT.get(bytes, at + 4 * i);
        }
        return values;
    }

    long[] readLongs(int count) {
        int at = take(8L * count);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = (long) LONG.get(bytes, at + 8 * i);
        }
        return values;
    }

    float[] readFloats(int count) {
        int at = take(4L * count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.intBitsToFloat((int) INT.get(bytes, at + 4 * i));
        }
        return values;
    }

    double[] readDoubles(int count) {
        int at = take(8L * count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Double.longBitsToDouble((long) LONG.get(bytes, at + 8 * i));
        }
        return values;
    }

    boolean[] readBooleans(int count) {
        int at = take(count);
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes[at + i] != 0;
        }
        return values;
    }

    byte[] readBytes(int count) {
        int at = take(count);
        return Arrays.copyOfRange(bytes, at, at + count);
    }

    String readString() {
        int length = readInt();
        int at = take(length);
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }
}
