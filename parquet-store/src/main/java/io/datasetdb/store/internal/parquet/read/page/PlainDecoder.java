// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.ParquetDecodingException;

/** PLAIN: values as they are, little-endian; byte strings behind their length, unless all have the same. */
final class PlainDecoder implements ValueDecoder {
    private final byte[] array;
    private final int end;
    /** Bytes of each value of a fixed-length type, else -1. */
    private final int fixedLength;

    private int next;
    /** Of the byte at {@code next - 1}, for booleans. */
    private int bitsLeft;

    PlainDecoder(Slice slice, int fixedLength) {
        this.array = slice.array();
        this.next = slice.offset();
        this.end = slice.end();
        this.fixedLength = fixedLength;
    }

    private ByteBuffer take(int count, int width) {
        long bytes = (long) count * width;
        if (bytes > end - next) {
            throw tooShort();
        }
        ByteBuffer result = ByteBuffer.wrap(array, next, (int) bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
        next += (int) bytes;
        return result;
    }

    private static ParquetDecodingException tooShort() {
        return new ParquetDecodingException("a page holds fewer values than it announces");
    }

    @Override
    public void read(boolean[] out, int offset, int count) {
        int current = bitsLeft == 0 ? 0 : (array[next - 1] & 0xff) >>> (8 - bitsLeft);
        for (int i = 0; i < count; i++) {
            if (bitsLeft == 0) {
                if (next >= end) {
                    throw tooShort();
                }
                current = array[next++] & 0xff;
                bitsLeft = 8;
            }
            out[offset + i] = (current & 1) != 0;
            current >>>= 1;
            bitsLeft--;
        }
    }

    @Override
    public void read(int[] out, int offset, int count) {
        take(count, Integer.BYTES).asIntBuffer().get(out, offset, count);
    }

    @Override
    public void read(long[] out, int offset, int count) {
        take(count, Long.BYTES).asLongBuffer().get(out, offset, count);
    }

    @Override
    public void read(float[] out, int offset, int count) {
        take(count, Float.BYTES).asFloatBuffer().get(out, offset, count);
    }

    @Override
    public void read(double[] out, int offset, int count) {
        take(count, Double.BYTES).asDoubleBuffer().get(out, offset, count);
    }

    @Override
    public void read(BytesBuffer out, int count) {
        out.ensureValues(count);
        if (fixedLength >= 0) {
            readFixed(out, count);
            return;
        }
        int position = next;
        long total = out.length();
        int[] offsets = out.offsets;
        int first = out.size;
        for (int i = first; i < first + count; i++) {
            int length = length(position);
            position += Integer.BYTES + length;
            total += length;
            // Beyond 2 GiB the sum is refused below, before anyone reads the offsets.
            offsets[i + 1] = (int) total;
        }
        out.ensureBytes(total - out.length());
        copy(out, count);
        next = position;
    }

    @Override
    public void skipBytes(int count) {
        if (fixedLength >= 0) {
            take(count, fixedLength);
            return;
        }
        int position = next;
        for (int i = 0; i < count; i++) {
            position += Integer.BYTES + length(position);
        }
        next = position;
    }

    /** The length of the byte string whose length stands at {@code position}. */
    private int length(int position) {
        if (position > end - Integer.BYTES) {
            throw tooShort();
        }
        int length = (int) Slice.INT.get(array, position);
        if (length < 0 || length > end - Integer.BYTES - position) {
            throw new ParquetDecodingException("a value is longer than its page (" + length + " bytes)");
        }
        return length;
    }

    private void copy(BytesBuffer out, int count) {
        byte[] data = out.data;
        int[] offsets = out.offsets;
        int position = next;
        for (int i = out.size; i < out.size + count; i++) {
            int length = offsets[i + 1] - offsets[i];
            position += Integer.BYTES;
            System.arraycopy(array, position, data, offsets[i], length);
            position += length;
        }
        out.size += count;
    }

    private void readFixed(BytesBuffer out, int count) {
        long bytes = (long) count * fixedLength;
        if (bytes > end - next) {
            throw tooShort();
        }
        out.ensureBytes(bytes);
        int at = out.length();
        System.arraycopy(array, next, out.data, at, (int) bytes);
        for (int i = 0; i < count; i++) {
            at += fixedLength;
            out.offsets[out.size + i + 1] = at;
        }
        out.size += count;
        next += (int) bytes;
    }
}
