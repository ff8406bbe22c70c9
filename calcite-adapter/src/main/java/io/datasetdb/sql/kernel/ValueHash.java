// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * 64-bit hashes that agree with {@link ValueOrder}: equal values of one type have equal hashes, however their vectors are
 * wrapped. Integers of different widths agree with each other, and so do DECIMALs of the same scale in 64 and 128 bits;
 * DECIMALs of different scales do not. All bits are well mixed, so that partitions may take the upper and tables the lower
 * ones.
 */
public final class ValueHash {
    /** The hash of NULL. */
    public static final long NULL = 0x9E3779B97F4A7C15L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long M = 0xD6E8FEB86659FD93L;

    private ValueHash() {}

    /** The hash of the value at a position, {@link #NULL} for NULL. */
    public static long hash(Vector vector, int position) {
        if (vector.isNull(position)) {
            return NULL;
        }
        if (vector instanceof DictionaryVector wrapper) {
            return hashValue(wrapper.dictionary(), wrapper.ids()[position]);
        }
        if (vector instanceof ConstantVector wrapper) {
            return hashValue(wrapper.single(), 0);
        }
        return hashValue(vector, position);
    }

    /**
     * Hashes the selected positions.
     *
     * @param hashes {@code hashes[k]} is the hash of the {@code k}th selected position; at least {@code selection.size()} long
     * @param combine whether to combine with what {@code hashes} holds (the columns before) rather than to overwrite it
     */
    public static void hash(Vector vector, Selection selection, long[] hashes, boolean combine) {
        if (!combine) {
            hashInto(vector, selection, hashes);
            return;
        }
        long[] own = new long[selection.size()];
        hashInto(vector, selection, own);
        for (int k = 0; k < own.length; k++) {
            hashes[k] = combine(hashes[k], own[k]);
        }
    }

    /** A function of any values: their hash, the same for values that are equal. NULL is a value, too. */
    public static Expression call(List<Expression> arguments) {
        return VectorCall.of(
                "hash",
                arguments,
                DataType.BIGINT,
                new boolean[arguments.size()],
                true,
                (values, selection, rowCount) -> {
                    long[] hashes = new long[selection.size()];
                    for (int i = 0; i < values.size(); i++) {
                        hash(values.get(i), selection, hashes, i > 0);
                    }
                    long[] result = new long[rowCount];
                    for (int k = 0; k < hashes.length; k++) {
                        result[selection.position(k)] = hashes[k];
                    }
                    return new LongVector(DataType.BIGINT, rowCount, result, null);
                });
    }

    /** The hash of two values in this order, from their hashes. */
    public static long combine(long first, long second) {
        return mix(first * 0x9E3779B97F4A7C15L + second);
    }

    /** The hash of a whole number (integers, dates, timestamps, intervals, unscaled DECIMALs of at most 64 bits). */
    public static long ofLong(long value) {
        return mix(value);
    }

    /** The hash of a DOUBLE. */
    public static long ofDouble(double value) {
        return mix(Double.doubleToLongBits(value + 0.0));
    }

    /** The hash of VARCHAR or VARBINARY bytes: 16 at a time through one 128-bit product, after Wang Yi's wyhash. */
    public static long ofBytes(byte[] data, int from, int to) {
        int length = to - from;
        long h = M ^ length;
        int i = from;
        for (; i + 16 < to; i += 16) {
            h = fold(h ^ (long) LONGS.get(data, i), NULL ^ (long) LONGS.get(data, i + 8));
        }
        int left = to - i;
        long a = 0;
        long b = 0;
        if (left >= 8) {
            a = (long) LONGS.get(data, i);
            b = (long) LONGS.get(data, to - 8);
        } else if (left >= 4) {
            a = (int) INTS.get(data, i);
            b = (int) INTS.get(data, to - 4);
        } else if (left > 0) {
            a = (data[i] & 0xFFL) << 16 | (data[i + (left >> 1)] & 0xFFL) << 8 | (data[to - 1] & 0xFFL);
        }
        return fold(M ^ length, fold(h ^ a, NULL ^ b));
    }

    /** Both halves of the 128-bit product in one. */
    private static long fold(long x, long y) {
        return Math.multiplyHigh(x, y) ^ (x * y);
    }

    /** Two rounds of xor-shift and multiply, after Pelle Evensen's analysis of 64-bit mixers. */
    private static long mix(long value) {
        long x = value;
        x ^= x >>> 32;
        x *= M;
        x ^= x >>> 32;
        x *= M;
        return x ^ (x >>> 32);
    }

    private static void hashInto(Vector vector, Selection selection, long[] hashes) {
        int count = selection.size();
        if (vector instanceof ConstantVector) {
            if (count > 0) {
                Arrays.fill(hashes, 0, count, hash(vector, selection.position(0)));
            }
            return;
        }
        if (vector instanceof DictionaryVector wrapper) {
            hashDictionary(wrapper, selection, hashes);
        } else if (vector instanceof IntVector ints) {
            int[] values = ints.values();
            for (int k = 0; k < count; k++) {
                hashes[k] = mix(values[selection.position(k)]);
            }
        } else if (vector instanceof LongVector longs) {
            long[] values = longs.values();
            for (int k = 0; k < count; k++) {
                hashes[k] = mix(values[selection.position(k)]);
            }
        } else if (vector instanceof BytesVector bytes) {
            int[] offsets = bytes.offsets();
            for (int k = 0; k < count; k++) {
                int position = selection.position(k);
                hashes[k] = ofBytes(bytes.data(), offsets[position], offsets[position + 1]);
            }
        } else {
            for (int k = 0; k < count; k++) {
                hashes[k] = hash(vector, selection.position(k));
            }
        }
        if (vector.mayHaveNulls()) {
            for (int k = 0; k < count; k++) {
                hashes[k] = vector.isNull(selection.position(k)) ? NULL : hashes[k];
            }
        }
    }

    /** Hashes a small dictionary once, or the referenced entries of a large one as often as they occur. */
    private static void hashDictionary(DictionaryVector wrapper, Selection selection, long[] hashes) {
        int count = selection.size();
        int entries = wrapper.dictionary().size();
        int[] ids = wrapper.ids();
        if (entries <= count) {
            long[] entryHashes = new long[entries];
            hashInto(wrapper.dictionary(), Selection.all(entries), entryHashes);
            for (int k = 0; k < count; k++) {
                int position = selection.position(k);
                hashes[k] = wrapper.isNull(position) ? NULL : entryHashes[ids[position]];
            }
        } else {
            for (int k = 0; k < count; k++) {
                hashes[k] = hash(wrapper, selection.position(k));
            }
        }
    }

    private static long hashValue(Vector vector, int i) {
        if (vector instanceof BytesVector bytes) {
            return ofBytes(bytes.data(), bytes.offsets()[i], bytes.offsets()[i + 1]);
        }
        if (vector instanceof DoubleVector doubles) {
            return ofDouble(doubles.values()[i]);
        }
        if (vector instanceof FloatVector floats) {
            return ofDouble(floats.values()[i]);
        }
        if (vector instanceof BooleanVector booleans) {
            return mix(booleans.values()[i] ? 1 : 0);
        }
        if (vector instanceof Int128Vector wide) {
            long high = wide.high()[i];
            long low = wide.low()[i];
            boolean narrow = high == low >> 63 && vector.type().kind() == DataType.Kind.DECIMAL;
            return narrow ? mix(low) : combine(mix(high), mix(low));
        }
        if (vector instanceof ListVector list) {
            long h = mix(list.length(i));
            for (int k = list.offsets()[i]; k < list.offsets()[i + 1]; k++) {
                h = combine(h, hash(list.elements(), k));
            }
            return h;
        }
        if (vector instanceof RowVector row) {
            long h = M;
            for (Vector field : row.fields()) {
                h = combine(h, hash(field, i));
            }
            return h;
        }
        if (vector instanceof MapVector map) {
            long sum = 0;
            for (int k = map.offsets()[i]; k < map.offsets()[i + 1]; k++) {
                sum += combine(hash(map.keys(), k), hash(map.values(), k));
            }
            return mix(sum);
        }
        return mix(ValueOrder.low(vector, i));
    }
}
