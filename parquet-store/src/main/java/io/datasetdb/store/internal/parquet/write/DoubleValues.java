// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/** DOUBLE columns. */
final class DoubleValues extends LeafValues {
    private double[] values = new double[1024];

    DoubleValues(DataType type) {
        super(type);
    }

    @Override
    void reserve(int capacity) {
        if (capacity > values.length) {
            values = Arrays.copyOf(values, Math.max(capacity, values.length * 2));
        }
    }

    @Override
    void copy(Vector vector, int first, int more) {
        System.arraycopy(((DoubleVector) vector).values(), first, values, count(), more);
    }

    @Override
    void gather(Vector vector, int[] positions, int more) {
        double[] source = ((DoubleVector) vector).values();
        int start = count();
        for (int i = 0; i < more; i++) {
            values[start + i] = source[positions[i]];
        }
    }

    @Override
    long bytes(int from, int to) {
        return (long) (to - from) * Double.BYTES;
    }

    @Override
    @Nullable
    Dictionary dictionary() {
        if (count() > Dictionary.PROBE && dictionary(Dictionary.PROBE + 1) == null) {
            return null;
        }
        Dictionary dictionary = dictionary(count());
        return dictionary != null
                        && dictionary.size() > 0
                        && dictionary.idBytes() + bytes(0, dictionary.size()) <= bytes()
                ? dictionary
                : null;
    }

    private @Nullable Dictionary dictionary(int length) {
        long[] patterns = new long[length];
        for (int i = 0; i < length; i++) {
            patterns[i] = Double.doubleToRawLongBits(values[i]);
        }
        return Dictionary.of(patterns, length);
    }

    @Override
    Encoding encoding() {
        return Encoding.PLAIN;
    }

    @Override
    void encode(Encoding encoding, int from, int to, ByteSink sink) {
        int length = (to - from) * Double.BYTES;
        sink.reserve(length);
        ByteBuffer.wrap(sink.array(), sink.size(), length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .put(values, from, to - from);
        sink.advance(length);
    }

    @Override
    void encodePlain(int index, ByteSink sink) {
        sink.putLong(Double.doubleToRawLongBits(values[index]));
    }

    @Override
    void hash(int from, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = XxHash64.hash(Double.doubleToLongBits(values[from + i] + 0.0));
        }
    }

    @Override
    int @Nullable [] extremes(int from, int to, @Nullable Dictionary dictionary) {
        double min = values[from];
        double max = min;
        int minAt = from;
        int maxAt = from;
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (Double.isNaN(value)) {
                return null;
            }
            if (value < min) {
                min = value;
                minAt = i;
            } else if (value > max) {
                max = value;
                maxAt = i;
            }
        }
        return new int[] {minAt, maxAt};
    }

    @Override
    Object key(int index) {
        return values[index];
    }

    @Override
    int compare(Object left, Object right) {
        return Double.compare((double) left, (double) right);
    }

    /** Zeros get the sign that makes the range hold both of them, as the format asks. */
    @Override
    Bound bound(Object key, Side side, int length) {
        double value = (double) key == 0 ? (side == Side.MIN ? -0.0 : 0.0) : (double) key;
        return new Bound(
                ByteBuffer.allocate(Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(value)
                        .array(),
                true);
    }

    @Override
    Object java(Object key, Side side) {
        return key;
    }

    @Override
    boolean isKeyLike() {
        return false;
    }
}
