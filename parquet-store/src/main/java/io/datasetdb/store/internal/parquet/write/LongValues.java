// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/** INT32 and INT64 columns; 32-bit values are kept widened. */
final class LongValues extends LeafValues {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final int bits;
    private final DeltaEncoder deltas;
    private long[] values = new long[1024];

    LongValues(DataType type, int bits) {
        super(type);
        this.bits = bits;
        this.deltas = new DeltaEncoder(bits);
    }

    @Override
    void reserve(int capacity) {
        if (capacity > values.length) {
            values = Arrays.copyOf(values, Math.max(capacity, values.length * 2));
        }
    }

    @Override
    void copy(Vector vector, int first, int more) {
        if (vector instanceof LongVector longs) {
            System.arraycopy(longs.values(), first, values, count(), more);
            return;
        }
        int[] source = ((IntVector) vector).values();
        int start = count();
        for (int i = 0; i < more; i++) {
            values[start + i] = source[first + i];
        }
    }

    @Override
    void gather(Vector vector, int[] positions, int more) {
        int start = count();
        if (vector instanceof LongVector longs) {
            long[] source = longs.values();
            for (int i = 0; i < more; i++) {
                values[start + i] = source[positions[i]];
            }
            return;
        }
        int[] source = ((IntVector) vector).values();
        for (int i = 0; i < more; i++) {
            values[start + i] = source[positions[i]];
        }
    }

    @Override
    long bytes(int from, int to) {
        return (long) (to - from) * (bits / Byte.SIZE);
    }

    /** Codes are worth a little more space than differences: filters, groups and joins run on them. */
    @Override
    @Nullable
    Dictionary dictionary() {
        Dictionary dictionary = Dictionary.of(values, count());
        if (dictionary == null || dictionary.size() == 0) {
            return null;
        }
        long size = dictionary.idBytes() + (long) dictionary.size() * (bits / Byte.SIZE);
        return size <= deltas.estimate(values, 0, count()) * 1.1 ? dictionary : null;
    }

    @Override
    Encoding encoding() {
        return Encoding.DELTA_BINARY_PACKED;
    }

    @Override
    void encode(Encoding encoding, int from, int to, ByteSink sink) {
        deltas.encode(values, from, to, sink);
    }

    @Override
    void encodePlain(int index, ByteSink sink) {
        sink.putLow(values[index], bits / Byte.SIZE);
    }

    @Override
    void hash(int from, int count, long[] target) {
        if (bits == Integer.SIZE) {
            for (int i = 0; i < count; i++) {
                target[i] = XxHash64.hash((int) values[from + i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                target[i] = XxHash64.hash(values[from + i]);
            }
        }
    }

    @Override
    int[] extremes(int from, int to, @Nullable Dictionary dictionary) {
        long min = values[from];
        long max = min;
        int minAt = from;
        int maxAt = from;
        for (int i = from + 1; i < to; i++) {
            long value = values[i];
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
        return Long.compare((long) left, (long) right);
    }

    @Override
    Bound bound(Object key, Side side, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(bits / Byte.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        if (bits == Integer.SIZE) {
            buffer.putInt((int) (long) key);
        } else {
            buffer.putLong((long) key);
        }
        return new Bound(buffer.array(), true);
    }

    @Override
    Object java(Object key, Side side) {
        Vector single = bits == Integer.SIZE
                ? new IntVector(type(), 1, new int[] {(int) (long) key}, null)
                : new LongVector(type(), 1, new long[] {(long) key}, null);
        return Objects.requireNonNull(single.getObject(0));
    }

    @Override
    boolean isInDomain(Object key) {
        long value = (long) key;
        return switch (type().kind()) {
            case TINYINT -> value == (byte) value;
            case SMALLINT -> value == (short) value;
            case DECIMAL -> {
                long limit = (long) Math.pow(10, ((DataType.Decimal) type()).precision());
                yield value > -limit && value < limit;
            }
            case TIME -> value >= 0 && value < MICROS_PER_DAY;
            case BOOLEAN,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> true;
        };
    }

    @Override
    boolean isKeyLike() {
        return switch (type().kind()) {
            case INTEGER, BIGINT, DECIMAL -> true;
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    REAL,
                    DOUBLE,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> false;
        };
    }
}
