// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** BYTE_ARRAY columns, and FIXED_LEN_BYTE_ARRAY ones (UUID; long DECIMAL, big-endian two's complement). */
final class BytesValues extends LeafValues {
    /** Longer bounds are cut where they leave the file as Java values; they only have to bound. */
    private static final int MAX_JAVA_BOUND = 256;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int width;
    private final boolean signed;
    private final BinaryTruncator truncator;
    private final StringEncoder strings = new StringEncoder();
    private byte[] data = new byte[1024];
    private int[] offsets = new int[1025];

    /** {@code width} is the length of each value, or 0 if they differ. */
    BytesValues(DataType type, PrimitiveType stored, int width) {
        super(type);
        this.width = width;
        this.signed = type.kind() == DataType.Kind.DECIMAL;
        this.truncator = BinaryTruncator.getTruncator(stored);
    }

    @Override
    void reserve(int capacity) {
        if (capacity + 1 > offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(capacity + 1, offsets.length * 2));
        }
    }

    @Override
    void copy(Vector vector, int first, int more) {
        int start = count();
        int end = offsets[start];
        if (vector instanceof Int128Vector wide) {
            grow((long) more * Long.BYTES * 2);
            for (int i = 0; i < more; i++) {
                putWide(wide, first + i, start + i);
            }
            return;
        }
        BytesVector source = (BytesVector) vector;
        int[] from = source.offsets();
        int length = from[first + more] - from[first];
        grow(length);
        System.arraycopy(source.data(), from[first], data, end, length);
        int shift = end - from[first];
        for (int i = 1; i <= more; i++) {
            offsets[start + i] = from[first + i] + shift;
        }
    }

    @Override
    void gather(Vector vector, int[] positions, int more) {
        int start = count();
        if (vector instanceof Int128Vector wide) {
            grow((long) more * Long.BYTES * 2);
            for (int i = 0; i < more; i++) {
                putWide(wide, positions[i], start + i);
            }
            return;
        }
        BytesVector source = (BytesVector) vector;
        int[] from = source.offsets();
        long total = 0;
        for (int i = 0; i < more; i++) {
            total += from[positions[i] + 1] - from[positions[i]];
        }
        grow(total);
        int end = offsets[start];
        byte[] bytes = source.data();
        for (int i = 0; i < more; i++) {
            int position = positions[i];
            int length = from[position + 1] - from[position];
            System.arraycopy(bytes, from[position], data, end, length);
            end += length;
            offsets[start + i + 1] = end;
        }
    }

    private void putWide(Int128Vector source, int position, int index) {
        int start = offsets[index];
        LONG.set(data, start, source.high()[position]);
        LONG.set(data, start + Long.BYTES, source.low()[position]);
        offsets[index + 1] = start + Long.BYTES * 2;
    }

    private void grow(long more) {
        long needed = offsets[count()] + more;
        if (needed > data.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new DatasetDbException(
                        StoreError.BAD_VALUE,
                        "Cannot write rows: the values of a few of them take more than 2 GiB (" + needed + " bytes)");
            }
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, data.length * 2L)));
        }
    }

    @Override
    long bytes(int from, int to) {
        return (long) offsets[to] - offsets[from];
    }

    @Override
    @Nullable
    Dictionary dictionary() {
        Dictionary dictionary = Dictionary.of(data, offsets, count());
        if (dictionary == null || dictionary.size() == 0) {
            return null;
        }
        long size = dictionary.idBytes();
        for (int entry = 0; entry < dictionary.size(); entry++) {
            int first = dictionary.firsts()[entry];
            size += offsets[first + 1] - offsets[first] + Integer.BYTES;
        }
        return size <= bytes() + (width == 0 ? count() : 0) ? dictionary : null;
    }

    @Override
    Encoding encoding() {
        if (width > 0) {
            return Encoding.PLAIN;
        }
        return StringEncoder.sharesPrefixes(data, offsets, count())
                ? Encoding.DELTA_BYTE_ARRAY
                : Encoding.DELTA_LENGTH_BYTE_ARRAY;
    }

    @Override
    void encode(Encoding encoding, int from, int to, ByteSink sink) {
        if (width > 0) {
            sink.write(data, offsets[from], offsets[to] - offsets[from]);
        } else if (encoding == Encoding.DELTA_BYTE_ARRAY) {
            strings.encodePrefixes(data, offsets, from, to, sink);
        } else {
            strings.encodeLengths(data, offsets, from, to, sink);
        }
    }

    @Override
    void encodePlain(int index, ByteSink sink) {
        int length = offsets[index + 1] - offsets[index];
        if (width == 0) {
            sink.putInt(length);
        }
        sink.write(data, offsets[index], length);
    }

    @Override
    void hash(int from, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            int index = from + i;
            target[i] = XxHash64.hash(data, offsets[index], offsets[index + 1] - offsets[index]);
        }
    }

    @Override
    int[] extremes(int from, int to, @Nullable Dictionary dictionary) {
        boolean[] seen = new boolean[dictionary == null ? 0 : dictionary.size()];
        int minAt = from;
        int maxAt = from;
        for (int i = from + 1; i < to; i++) {
            if (dictionary != null) {
                int id = dictionary.ids()[i];
                if (seen[id]) {
                    continue;
                }
                seen[id] = true;
            }
            if (compareAt(i, maxAt) > 0) {
                maxAt = i;
            } else if (compareAt(i, minAt) < 0) {
                minAt = i;
            }
        }
        return new int[] {minAt, maxAt};
    }

    private int compareAt(int left, int right) {
        return compare(data, offsets[left], offsets[left + 1], data, offsets[right], offsets[right + 1]);
    }

    private int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        if (signed && a[aFrom] != b[bFrom]) {
            return Byte.compare(a[aFrom], b[bFrom]);
        }
        return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
    }

    @Override
    Object key(int index) {
        return Arrays.copyOfRange(data, offsets[index], offsets[index + 1]);
    }

    @Override
    int compare(Object left, Object right) {
        byte[] a = (byte[]) left;
        byte[] b = (byte[]) right;
        return compare(a, 0, a.length, b, 0, b.length);
    }

    @Override
    Bound bound(Object key, Side side, int length) {
        byte[] bytes = (byte[]) key;
        if (width > 0 || bytes.length <= length) {
            return new Bound(bytes, true);
        }
        Binary whole = Binary.fromConstantByteArray(bytes);
        Binary cut = side == Side.MIN ? truncator.truncateMin(whole, length) : truncator.truncateMax(whole, length);
        return new Bound(cut.getBytes(), cut.length() == bytes.length);
    }

    @Override
    Object java(Object key, Side side) {
        byte[] bytes = bound(key, side, MAX_JAVA_BOUND).bytes();
        if (width > 0) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            Vector single =
                    new Int128Vector(type(), 1, new long[] {buffer.getLong()}, new long[] {buffer.getLong()}, null);
            return Objects.requireNonNull(single.getObject(0));
        }
        return type().kind() == DataType.Kind.VARCHAR ? new String(bytes, StandardCharsets.UTF_8) : bytes;
    }

    @Override
    boolean isInDomain(Object key) {
        return !signed
                || new BigInteger((byte[]) key)
                                .abs()
                                .compareTo(BigInteger.TEN.pow(((DataType.Decimal) type()).precision()))
                        < 0;
    }

    @Override
    String describe(Object key) {
        return new BigInteger((byte[]) key).toString();
    }

    @Override
    boolean isKeyLike() {
        return count() > 0 && bytes() / count() <= MAX_JAVA_BOUND;
    }
}
