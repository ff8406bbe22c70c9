// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes, little-endian, reused from page to page. */
final class ByteSink extends OutputStream {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int size;

    /** The bytes; the first {@link #size()} count, and the array changes as the sink grows. */
    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Forgets what is behind the first {@code length} bytes. */
    void truncate(int length) {
        size = length;
    }

    /** Makes room for {@code more} bytes behind those that are there. */
    void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, bytes.length * 3L / 2)));
        }
    }

    /** Counts in bytes that the caller has written into {@link #array()} behind the first {@link #size()}. */
    void advance(int count) {
        size += count;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, size, count);
        size += count;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    /** The lowest {@code count} bytes of a value. */
    void putLow(long value, int count) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += count;
    }

    /** ULEB128. */
    void putVarLong(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void putZigZag(long value) {
        putVarLong((value << 1) ^ (value >> 63));
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
