// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/** BOOLEAN columns, run-length encoded. */
final class BooleanValues extends LeafValues {
    private boolean[] values = new boolean[1024];
    private int[] bits = new int[0];

    BooleanValues(DataType type) {
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
        System.arraycopy(((BooleanVector) vector).values(), first, values, count(), more);
    }

    @Override
    void gather(Vector vector, int[] positions, int more) {
        boolean[] source = ((BooleanVector) vector).values();
        int start = count();
        for (int i = 0; i < more; i++) {
            values[start + i] = source[positions[i]];
        }
    }

    @Override
    long bytes(int from, int to) {
        return (long) to - from;
    }

    @Override
    @Nullable
    Dictionary dictionary() {
        return null;
    }

    @Override
    Encoding encoding() {
        return Encoding.RLE;
    }

    /** Unlike levels in V2 pages, boolean values carry the length of their runs in front. */
    @Override
    void encode(Encoding encoding, int from, int to, ByteSink sink) {
        if (bits.length < to - from) {
            bits = new int[to - from];
        }
        for (int i = from; i < to; i++) {
            bits[i - from] = values[i] ? 1 : 0;
        }
        int start = sink.size();
        sink.putInt(0);
        RunLengthEncoder.encode(bits, 0, to - from, 1, sink);
        int end = sink.size();
        sink.truncate(start);
        sink.putInt(end - start - Integer.BYTES);
        sink.truncate(end);
    }

    @Override
    void encodePlain(int index, ByteSink sink) {
        throw new IllegalStateException("a dictionary of booleans");
    }

    @Override
    void hash(int from, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = XxHash64.hash(values[from + i] ? 1 : 0);
        }
    }

    @Override
    int[] extremes(int from, int to, @Nullable Dictionary dictionary) {
        int minAt = from;
        int maxAt = from;
        for (int i = from + 1; i < to && values[minAt] == values[maxAt]; i++) {
            if (values[i]) {
                maxAt = i;
            } else {
                minAt = i;
            }
        }
        return new int[] {minAt, maxAt};
    }

    @Override
    Object key(int index) {
        boolean value = values[index];
        return value;
    }

    @Override
    int compare(Object left, Object right) {
        return Boolean.compare((boolean) left, (boolean) right);
    }

    @Override
    Bound bound(Object key, Side side, int length) {
        return new Bound(new byte[] {(byte) ((boolean) key ? 1 : 0)}, true);
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
