// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The values of a leaf column in a row group, NULLs left out, in their physical type. Everything that depends on that type
 * is here: how values arrive, how they compare, hash and are encoded.
 */
abstract class LeafValues {
    private final DataType type;
    private int count;

    LeafValues(DataType type) {
        this.type = type;
    }

    static LeafValues of(DataType type, PrimitiveType stored) {
        return switch (stored.getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanValues(type);
            case INT32 -> new LongValues(type, Integer.SIZE);
            case INT64 -> new LongValues(type, Long.SIZE);
            case FLOAT -> new FloatValues(type);
            case DOUBLE -> new DoubleValues(type);
            case BINARY -> new BytesValues(type, stored, 0);
            case FIXED_LEN_BYTE_ARRAY -> new BytesValues(type, stored, stored.getTypeLength());
            case INT96 -> throw new IllegalArgumentException("INT96 is not written");
        };
    }

    final DataType type() {
        return type;
    }

    /** How many values there are. */
    final int count() {
        return count;
    }

    /** Appends the value at each slot that is not absent. */
    final void append(Vector vector, Slots slots) {
        int more = slots.count() - slots.absentCount();
        int end = Math.addExact(count, more);
        reserve(end);
        if (slots.isRange()) {
            copy(vector, slots.first(), more);
        } else if (slots.absentCount() == 0) {
            gather(vector, slots.positions(), more);
        } else {
            gather(vector, slots.presentPositions(), more);
        }
        count = end;
    }

    final void reset() {
        count = 0;
        clear();
    }

    /** Makes room for this many values in all. */
    abstract void reserve(int capacity);

    /** Appends the {@code more} values from position {@code first} on. */
    abstract void copy(Vector vector, int first, int more);

    /** Appends the values at the first {@code more} positions. */
    abstract void gather(Vector vector, int[] positions, int more);

    /** Forgets what reaches beyond the count. */
    void clear() {}

    /** Bytes that values {@code from} to {@code to - 1} take as they are. */
    abstract long bytes(int from, int to);

    final long bytes() {
        return bytes(0, count);
    }

    /** The distinct values, or {@code null} if a dictionary would not pay. */
    abstract @Nullable Dictionary dictionary();

    /** The encoding that suits these values best if there is no dictionary. */
    abstract Encoding encoding();

    abstract void encode(Encoding encoding, int from, int to, ByteSink sink);

    /** Appends the PLAIN form of a value, as a dictionary page holds it. */
    abstract void encodePlain(int index, ByteSink sink);

    /** Puts the XXH64 of the PLAIN form (without a length) of {@code count} values into {@code target}. */
    abstract void hash(int from, int count, long[] target);

    /**
     * The indexes of the smallest and the largest of the values {@code from} to {@code to - 1}, or {@code null} if that is
     * undefined because one is NaN. With a dictionary, equal values may be looked at once.
     */
    abstract int @Nullable [] extremes(int from, int to, @Nullable Dictionary dictionary);

    /** The value at an index, as {@link #compare}, {@link #bound} and {@link #java} take it. */
    abstract Object key(int index);

    /** The order in which Parquet keeps statistics of this column. */
    abstract int compare(Object left, Object right);

    /** The form of a key in statistics, cut to about {@code length} bytes. */
    abstract Bound bound(Object key, Side side, int length);

    /** A key as the Java type that {@link DataType} lists, possibly widened by the cut of a long one. */
    abstract Object java(Object key, Side side);

    /** Whether the declared type has this value, which the physical type may well hold without that. */
    boolean isInDomain(Object key) {
        return true;
    }

    /** A key outside of the domain as a message shows it: the stored number. */
    String describe(Object key) {
        return key.toString();
    }

    /** Whether equality search for values of this column is worth a Bloom filter. */
    abstract boolean isKeyLike();

    /** Which end of a range. */
    enum Side {
        MIN,
        MAX
    }

    /** A statistic's bytes, and whether they are the value itself. */
    record Bound(byte[] bytes, boolean exact) {}
}
