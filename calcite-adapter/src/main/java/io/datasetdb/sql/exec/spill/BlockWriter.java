// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.spill;

import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes ranges of vectors into bytes that {@link BlockReader} makes vectors of again. A vector is a byte that says its
 * form,
 * the bitmap of the rows that are not NULL if there is one, and the values; whole numbers are written as distances from
 * the
 * smallest, in as few bytes as the largest of these takes (frame of reference). Used by one thread at a time.
 */
final class BlockWriter {
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    static final int VALUES = 0;
    static final int CONSTANT = 1;
    static final int NULL_CONSTANT = 2;
    static final int DICTIONARY = 3;
    /** Added to the form of a vector with a bitmap. */
    static final int NULLS = 4;

    private byte[] data = new byte[1 << 12];
    private int size;

    /** What was written since the last {@link #reset}; {@link #size} bytes count. */
    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    void reset() {
        size = 0;
    }

    /** Writes the values at positions {@code from} to {@code to - 1}. */
    void write(Vector vector, int from, int to) {
        if (vector instanceof ConstantVector constant) {
            if (constant.isNullConstant()) {
                writeByte(NULL_CONSTANT);
            } else {
                writeByte(CONSTANT);
                write(constant.single(), 0, 1);
            }
        } else if (vector instanceof DictionaryVector wrapper) {
            if (wrapper.dictionary().size() > (to - from) / 2) {
                write(referred(wrapper, from, to), 0, to - from);
                return;
            }
            header(DICTIONARY, vector, from, to);
            writeInt(wrapper.dictionary().size());
            write(wrapper.dictionary(), 0, wrapper.dictionary().size());
            writeInts(wrapper.ids(), from, to);
        } else {
            header(VALUES, vector, from, to);
            writeValues(vector, from, to);
        }
    }

    private static Vector referred(DictionaryVector wrapper, int from, int to) {
        int[] positions = Arrays.copyOfRange(wrapper.ids(), from, to);
        if (wrapper.mayHaveNulls()) {
            for (int i = from; i < to; i++) {
                if (wrapper.isNull(i)) {
                    positions[i - from] = -1;
                }
            }
        }
        return wrapper.dictionary().gather(positions, to - from);
    }

    private void header(int form, Vector vector, int from, int to) {
        if (!vector.mayHaveNulls()) {
            writeByte(form);
            return;
        }
        writeByte(form + NULLS);
        boolean[] valid = new boolean[to - from];
        for (int i = from; i < to; i++) {
            valid[i - from] = !vector.isNull(i);
        }
        writeBits(valid, 0, valid.length);
    }

    private void writeValues(Vector vector, int from, int to) {
        if (vector instanceof IntVector ints) {
            writeInts(ints.values(), from, to);
        } else if (vector instanceof LongVector longs) {
            writeLongs(longs.values(), from, to);
        } else if (vector instanceof DoubleVector doubles) {
            ensure(8L * (to - from));
            for (int i = from; i < to; i++) {
                LONGS.set(data, size, Double.doubleToRawLongBits(doubles.values()[i]));
                size += 8;
            }
        } else if (vector instanceof FloatVector floats) {
            ensure(4L * (to - from));
            for (int i = from; i < to; i++) {
                INTS.set(data, size, Float.floatToRawIntBits(floats.values()[i]));
                size += 4;
            }
        } else if (vector instanceof BooleanVector booleans) {
            writeBits(booleans.values(), from, to);
        } else if (vector instanceof Int128Vector wide) {
            writeLongs(wide.high(), from, to);
            writeLongs(wide.low(), from, to);
        } else {
            writeVariable(vector, from, to);
        }
    }

    private void writeVariable(Vector vector, int from, int to) {
        if (vector instanceof BytesVector bytes) {
            int[] offsets = bytes.offsets();
            writeLengths(offsets, from, to);
            int length = offsets[to] - offsets[from];
            ensure(length);
            System.arraycopy(bytes.data(), offsets[from], data, size, length);
            size += length;
        } else if (vector instanceof ListVector lists) {
            writeLengths(lists.offsets(), from, to);
            write(lists.elements(), lists.offsets()[from], lists.offsets()[to]);
        } else if (vector instanceof MapVector maps) {
            writeLengths(maps.offsets(), from, to);
            write(maps.keys(), maps.offsets()[from], maps.offsets()[to]);
            write(maps.values(), maps.offsets()[from], maps.offsets()[to]);
        } else if (vector instanceof RowVector rows) {
            for (Vector field : rows.fields()) {
                write(field, from, to);
            }
        } else {
            throw new IllegalArgumentException("a wrapper in a wrapper: " + vector.getClass());
        }
    }

    private void writeLengths(int[] offsets, int from, int to) {
        int[] lengths = new int[to - from];
        for (int i = from; i < to; i++) {
            lengths[i - from] = offsets[i + 1] - offsets[i];
        }
        writeInts(lengths, 0, lengths.length);
    }

    private void writeBits(boolean[] values, int from, int to) {
        int count = to - from;
        ensure(count / 8L + 1);
        for (int i = 0; i < count; i += 8) {
            int bits = 0;
            for (int bit = 0; bit < Math.min(8, count - i); bit++) {
                bits |= values[from + i + bit] ? 1 << bit : 0;
            }
            data[size++] = (byte) bits;
        }
    }

    private void writeInts(int[] values, int from, int to) {
        int min = Integer.MAX_VALUE;
        int max = Integer.MIN_VALUE;
        for (int i = from; i < to; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        int width = from == to ? 0 : width((long) max - min);
        ensure(5 + (long) width * (to - from));
        data[size++] = (byte) width;
        INTS.set(data, size, min);
        size += 4;
        byte[] target = data;
        int at = size;
        size += width * (to - from);
        switch (width) {
            case 1 -> {
                for (int i = from; i < to; i++) {
                    target[at++] = (byte) (values[i] - min);
                }
            }
            case 2 -> {
                for (int i = from; i < to; i++, at += 2) {
                    SHORTS.set(target, at, (short) (values[i] - min));
                }
            }
            case 4 -> {
                for (int i = from; i < to; i++, at += 4) {
                    INTS.set(target, at, values[i] - min);
                }
            }
            default -> {
                // all are the smallest
            }
        }
    }

    private void writeLongs(long[] values, int from, int to) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        // a distance of 64 bits is negative
        int width = from == to ? 0 : width(max - min);
        ensure(9 + (long) width * (to - from));
        data[size++] = (byte) width;
        LONGS.set(data, size, min);
        size += 8;
        byte[] target = data;
        int at = size;
        size += width * (to - from);
        switch (width) {
            case 1 -> {
                for (int i = from; i < to; i++) {
                    target[at++] = (byte) (values[i] - min);
                }
            }
            case 2 -> {
                for (int i = from; i < to; i++, at += 2) {
                    SHORTS.set(target, at, (short) (values[i] - min));
                }
            }
            case 4 -> {
                for (int i = from; i < to; i++, at += 4) {
                    INTS.set(target, at, (int) (values[i] - min));
                }
            }
            case 8 -> {
                for (int i = from; i < to; i++, at += 8) {
                    LONGS.set(target, at, values[i] - min);
                }
            }
            default -> {
                // all are the smallest
            }
        }
    }

    private static int width(long largest) {
        if (largest < 0 || largest > 0xFFFFFFFFL) {
            return 8;
        }
        return largest == 0 ? 0 : largest <= 0xFF ? 1 : largest <= 0xFFFF ? 2 : 4;
    }

    private void writeByte(int value) {
        ensure(1);
        data[size++] = (byte) value;
    }

    private void writeInt(int value) {
        ensure(4);
        INTS.set(data, size, value);
        size += 4;
    }

    private void ensure(long more) {
        if (size + more > data.length) {
            data = Arrays.copyOf(data, Growth.grown(data.length, size + more));
        }
    }
}
