// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

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

/**
 * A hash of 128 bits of one value of any length and depth: two chains over the same words, each of which folds two words at a
 * time through one 128-bit product, after Wang Yi's wyhash. Equal values of a type have equal hashes, as {@link ValueHash} says
 * it; the types of what is hashed must be the same. It is part of what {@link ContentHash} stores.
 */
final class ValueDigest {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAIR = 2 * Long.BYTES;
    private static final long FIRST = 0xA0761D6478BD642FL;
    private static final long SECOND = 0xE7037ED1A0B428DBL;
    private static final long VALUE = 0x8EBC6AF09C88C6E3L;
    private static final long NULL = 0x589965CC75374CC3L;
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

    private long first = FIRST;
    private long second = SECOND;

    /** One half of the hash of what was put since the last {@link #reset}. */
    long first() {
        return first;
    }

    /** The other half. */
    long second() {
        return second;
    }

    /** Begins another value; with another {@code seed} it has another hash. */
    void reset(long seed) {
        first = FIRST ^ seed;
        second = SECOND ^ seed;
    }

    /** A number's 64 bits in another order: two rounds of xor-shift and multiply, so that no two numbers have the same. */
    static long mix(long value) {
        long x = value;
        x ^= x >>> 32;
        x *= MULTIPLIER;
        x ^= x >>> 32;
        x *= MULTIPLIER;
        return x ^ (x >>> 32);
    }

    private static long fold(long x, long y) {
        return Math.multiplyHigh(x, y) ^ (x * y);
    }

    private void put(long x, long y) {
        first = fold(first ^ x, FIRST ^ y);
        second = fold(second ^ y, SECOND ^ x);
    }

    /** Puts the bytes of a VARCHAR or VARBINARY. */
    void putBytes(byte[] data, int from, int to) {
        putBytes(data, from, to, first, second);
    }

    /** Puts bytes behind what had this hash. */
    private void putBytes(byte[] data, int from, int to, long before, long otherBefore) {
        int length = to - from;
        long a = before ^ length;
        long b = otherBefore;
        long x = 0;
        long y = 0;
        if (length >= PAIR) {
            int last = to - PAIR;
            for (int i = from; i < last; i += PAIR) {
                x = (long) LONGS.get(data, i);
                y = (long) LONGS.get(data, i + Long.BYTES);
                a = fold(a ^ x, FIRST ^ y);
                b = fold(b ^ y, SECOND ^ x);
            }
            x = (long) LONGS.get(data, last);
            y = (long) LONGS.get(data, last + Long.BYTES);
        } else if (length >= Long.BYTES) {
            x = (long) LONGS.get(data, from);
            y = (long) LONGS.get(data, to - Long.BYTES);
        } else if (length >= Integer.BYTES) {
            x = (int) INTS.get(data, from);
            y = (int) INTS.get(data, to - Integer.BYTES);
        } else if (length > 0) {
            x = (data[from] & 0xFFL) << 16 | (data[from + (length >> 1)] & 0xFFL) << 8 | (data[to - 1] & 0xFFL);
        }
        first = fold(a ^ x, FIRST ^ y);
        second = fold(b ^ y, SECOND ^ x);
    }

    /** The hash of these bytes alone, {@code seed} apart from that of other columns. */
    void ofBytes(byte[] data, int from, int to, long seed) {
        putBytes(data, from, to, FIRST ^ seed, SECOND ^ seed);
    }

    /** Puts the elements of an ARRAY that is not NULL. */
    void putElements(ListVector list, int position) {
        Vector elements = list.elements();
        int from = list.offsets()[position];
        int to = list.offsets()[position + 1];
        boolean numbers = isNumber(elements) && !hasNull(elements, from, to);
        put(to - from, numbers ? VALUE : NULL);
        if (numbers) {
            putNumbers(elements, from, to);
        } else {
            for (int i = from; i < to; i++) {
                putValue(elements, i);
            }
        }
    }

    /** Puts the entries of a MAP that is not NULL, whose order does not count. */
    void putEntries(MapVector map, int position) {
        ValueDigest entry = new ValueDigest();
        long sum = 0;
        long otherSum = 0;
        for (int i = map.offsets()[position]; i < map.offsets()[position + 1]; i++) {
            entry.reset(0);
            entry.putValue(map.keys(), i);
            entry.putValue(map.values(), i);
            sum += entry.first;
            otherSum += entry.second;
        }
        put(sum, otherSum);
    }

    private void putValue(Vector vector, int position) {
        if (vector.isNull(position)) {
            put(NULL, NULL);
        } else if (vector instanceof DictionaryVector wrapper) {
            putValue(wrapper.dictionary(), wrapper.ids()[position]);
        } else if (vector instanceof ConstantVector wrapper) {
            putValue(wrapper.single(), 0);
        } else if (vector instanceof BytesVector bytes) {
            putBytes(bytes.data(), bytes.offsets()[position], bytes.offsets()[position + 1]);
        } else if (vector instanceof ListVector list) {
            putElements(list, position);
        } else if (vector instanceof RowVector row) {
            put(row.fields().size(), VALUE);
            for (Vector field : row.fields()) {
                putValue(field, position);
            }
        } else if (vector instanceof MapVector map) {
            putEntries(map, position);
        } else if (vector instanceof Int128Vector wide) {
            put(wide.low()[position], VALUE);
            put(wide.high()[position], VALUE);
        } else {
            put(number(vector, position), VALUE);
        }
    }

    /** Puts numbers of which none is NULL, two at a time. */
    private void putNumbers(Vector elements, int from, int to) {
        long a = first;
        long b = second;
        int i = from;
        if (elements instanceof FloatVector floats) {
            float[] values = floats.values();
            for (; i + 1 < to; i += 2) {
                long x = bits(values[i]);
                long y = bits(values[i + 1]);
                a = fold(a ^ x, FIRST ^ y);
                b = fold(b ^ y, SECOND ^ x);
            }
        } else {
            for (; i + 1 < to; i += 2) {
                long x = number(elements, i);
                long y = number(elements, i + 1);
                a = fold(a ^ x, FIRST ^ y);
                b = fold(b ^ y, SECOND ^ x);
            }
        }
        first = a;
        second = b;
        if (i < to) {
            put(number(elements, i), 0);
        }
    }

    private static boolean hasNull(Vector vector, int from, int to) {
        if (vector.mayHaveNulls()) {
            for (int i = from; i < to; i++) {
                if (vector.isNull(i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNumber(Vector vector) {
        if (vector instanceof DictionaryVector wrapper) {
            return isNumber(wrapper.dictionary());
        }
        if (vector instanceof ConstantVector wrapper) {
            return wrapper.isNullConstant() || isNumber(wrapper.single());
        }
        return !(vector instanceof BytesVector
                || vector instanceof ListVector
                || vector instanceof RowVector
                || vector instanceof MapVector
                || vector instanceof Int128Vector);
    }

    /** A value of at most 64 bits: the same bits for values that are equal, and for no others. */
    private static long number(Vector vector, int position) {
        if (vector instanceof DictionaryVector wrapper) {
            return number(wrapper.dictionary(), wrapper.ids()[position]);
        }
        if (vector instanceof ConstantVector wrapper) {
            return number(wrapper.single(), 0);
        }
        if (vector instanceof LongVector longs) {
            return longs.values()[position];
        }
        if (vector instanceof IntVector ints) {
            return ints.values()[position];
        }
        if (vector instanceof DoubleVector doubles) {
            return bits(doubles.values()[position]);
        }
        if (vector instanceof FloatVector floats) {
            return bits(floats.values()[position]);
        }
        return ((BooleanVector) vector).values()[position] ? 1 : 0;
    }

    /** The bits of a DOUBLE, with one zero and one NaN. */
    static long bits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    /** The bits of a REAL, with one zero and one NaN. */
    static long bits(float value) {
        return Float.floatToIntBits(value + 0.0f);
    }
}
