// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds a hash of 128 bits of each value of one column, or of one field of a ROW, to what the columns before it gave: the parts of
 * a row's hash. Works column by column over primitive arrays; the entries of a dictionary are hashed once as long as batches
 * share it, a constant once a batch. Numbers of 64 bits never have the same hash. It is part of what {@link ContentHash} stores.
 */
final class CellHashes {
    /** Odd, so that multiples of it are far apart. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final long factor;
    private final long ofNull;
    private final long otherOfNull;
    private final List<CellHashes> fields = new ArrayList<>();
    private final ValueDigest digest = new ValueDigest();

    private long[] words = new long[0];
    private @Nullable Vector dictionary;
    private boolean hasEntries;
    private long[] entries = new long[0];
    private long[] otherEntries = new long[0];

    /** @param ordinal where the column or field is */
    CellHashes(DataType type, int ordinal) {
        this.seed = ValueDigest.mix(ordinal + GOLDEN);
        this.factor = ValueDigest.mix(seed) | 1;
        this.ofNull = ValueDigest.mix(seed + 1);
        this.otherOfNull = ValueDigest.mix(seed + 2);
        if (type instanceof DataType.Row row) {
            for (Field field : row.fields()) {
                fields.add(new CellHashes(field.type(), fields.size()));
            }
        }
    }

    /**
     * Adds to both halves.
     *
     * @param positions where the {@code count} values are, {@code null} if they are the first ones
     */
    void add(Vector vector, int @Nullable [] positions, int count, long[] first, long[] second) {
        if (count == 0) {
            return;
        }
        if (vector instanceof ConstantVector constant) {
            addConstant(constant, count, first, second);
        } else if (vector instanceof DictionaryVector wrapper) {
            addEntries(wrapper, positions, count, first, second);
        } else if (vector instanceof BytesVector bytes) {
            addBytes(bytes, positions, count, first, second);
        } else if (vector instanceof ListVector || vector instanceof MapVector) {
            addCollections(vector, positions, count, first, second);
        } else if (vector instanceof Int128Vector wide) {
            addWide(wide, positions, count, first, second);
        } else if (vector instanceof RowVector rows) {
            addRows(rows, positions, count, first, second);
        } else {
            addNumbers(words(vector, positions, count), vector.validity(), positions, count, first, second);
        }
    }

    private void addConstant(ConstantVector constant, int count, long[] first, long[] second) {
        long half = ofNull;
        long otherHalf = otherOfNull;
        if (!constant.isNullConstant()) {
            long[] one = new long[1];
            long[] other = new long[1];
            add(constant.single(), null, 1, one, other);
            half = one[0];
            otherHalf = other[0];
        }
        for (int k = 0; k < count; k++) {
            first[k] += half;
            second[k] += otherHalf;
        }
    }

    private void addEntries(
            DictionaryVector wrapper, int @Nullable [] positions, int count, long[] first, long[] second) {
        int[] ids = wrapper.ids();
        if (!learn(wrapper.dictionary(), count)) {
            addReferenced(wrapper, positions, count, first, second);
        } else if (wrapper.mayHaveNulls()) {
            for (int k = 0; k < count; k++) {
                int i = positions == null ? k : positions[k];
                boolean isNull = wrapper.isNull(i);
                first[k] += isNull ? ofNull : entries[ids[i]];
                second[k] += isNull ? otherOfNull : otherEntries[ids[i]];
            }
        } else {
            for (int k = 0; k < count; k++) {
                int id = ids[positions == null ? k : positions[k]];
                first[k] += entries[id];
                second[k] += otherEntries[id];
            }
        }
    }

    /** Hashes all entries of a dictionary if it is small, or is met a second time; says whether they are known. */
    private boolean learn(Vector values, int count) {
        boolean again = values == dictionary;
        if (!again) {
            dictionary = values;
            hasEntries = false;
        }
        if (!hasEntries && (again || values.size() <= count)) {
            entries = zeros(entries, values.size());
            otherEntries = zeros(otherEntries, values.size());
            add(values, null, values.size(), entries, otherEntries);
            hasEntries = true;
        }
        return hasEntries;
    }

    private static long[] zeros(long[] known, int size) {
        if (known.length < size) {
            return new long[size];
        }
        Arrays.fill(known, 0, size, 0);
        return known;
    }

    private void addReferenced(
            DictionaryVector wrapper, int @Nullable [] positions, int count, long[] first, long[] second) {
        int[] referenced = new int[count];
        int present = 0;
        for (int k = 0; k < count; k++) {
            int i = positions == null ? k : positions[k];
            if (!wrapper.isNull(i)) {
                referenced[present++] = wrapper.ids()[i];
            }
        }
        long[] ofValues = new long[present];
        long[] otherOfValues = new long[present];
        add(wrapper.dictionary(), referenced, present, ofValues, otherOfValues);
        int next = 0;
        for (int k = 0; k < count; k++) {
            boolean isNull = wrapper.isNull(positions == null ? k : positions[k]);
            first[k] += isNull ? ofNull : ofValues[next];
            second[k] += isNull ? otherOfNull : otherOfValues[next];
            next += isNull ? 0 : 1;
        }
    }

    /** Values of at most 64 bits. */
    private void addNumbers(
            long[] values,
            long @Nullable [] validity,
            int @Nullable [] positions,
            int count,
            long[] first,
            long[] second) {
        if (validity == null) {
            for (int k = 0; k < count; k++) {
                long hash = ValueDigest.mix(values[k] ^ seed);
                first[k] += hash;
                second[k] += hash * factor;
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            boolean isValid = Validity.isValid(validity, positions == null ? k : positions[k]);
            long hash = ValueDigest.mix(values[k] ^ seed);
            first[k] += isValid ? hash : ofNull;
            second[k] += isValid ? hash * factor : otherOfNull;
        }
    }

    /** The values as 64 bits each, which are the same for values that are equal. */
    private long[] words(Vector vector, int @Nullable [] positions, int count) {
        if (vector instanceof LongVector longs && positions == null) {
            return longs.values();
        }
        if (words.length < count) {
            words = new long[count];
        }
        long[] result = words;
        if (vector instanceof LongVector longs) {
            long[] values = longs.values();
            for (int k = 0; k < count; k++) {
                result[k] = values[positions == null ? k : positions[k]];
            }
        } else if (vector instanceof IntVector ints) {
            int[] values = ints.values();
            for (int k = 0; k < count; k++) {
                result[k] = values[positions == null ? k : positions[k]];
            }
        } else if (vector instanceof DoubleVector doubles) {
            double[] values = doubles.values();
            for (int k = 0; k < count; k++) {
                result[k] = ValueDigest.bits(values[positions == null ? k : positions[k]]);
            }
        } else if (vector instanceof FloatVector floats) {
            float[] values = floats.values();
            for (int k = 0; k < count; k++) {
                result[k] = ValueDigest.bits(values[positions == null ? k : positions[k]]);
            }
        } else {
            boolean[] values = ((BooleanVector) vector).values();
            for (int k = 0; k < count; k++) {
                result[k] = values[positions == null ? k : positions[k]] ? 1 : 0;
            }
        }
        return result;
    }

    private void addWide(Int128Vector wide, int @Nullable [] positions, int count, long[] first, long[] second) {
        long[] low = wide.low();
        long[] high = wide.isNarrow() ? null : wide.high();
        for (int k = 0; k < count; k++) {
            int i = positions == null ? k : positions[k];
            if (wide.isNull(i)) {
                first[k] += ofNull;
                second[k] += otherOfNull;
            } else {
                add(low[i], high == null ? low[i] >> 63 : high[i], k, first, second);
            }
        }
    }

    /** Adds a value of 128 bits; no two have the same hash (a Feistel network). */
    private void add(long low, long high, int k, long[] first, long[] second) {
        long right = high + ValueDigest.mix(low ^ seed);
        long left = low + ValueDigest.mix(right ^ factor);
        first[k] += left;
        second[k] += right + ValueDigest.mix(left);
    }

    private void addBytes(BytesVector bytes, int @Nullable [] positions, int count, long[] first, long[] second) {
        byte[] data = bytes.data();
        int[] offsets = bytes.offsets();
        for (int k = 0; k < count; k++) {
            int i = positions == null ? k : positions[k];
            if (bytes.isNull(i)) {
                first[k] += ofNull;
                second[k] += otherOfNull;
            } else {
                digest.ofBytes(data, offsets[i], offsets[i + 1], seed);
                first[k] += digest.first();
                second[k] += digest.second();
            }
        }
    }

    /** ARRAYs and MAPs. */
    private void addCollections(Vector vector, int @Nullable [] positions, int count, long[] first, long[] second) {
        for (int k = 0; k < count; k++) {
            int i = positions == null ? k : positions[k];
            if (vector.isNull(i)) {
                first[k] += ofNull;
                second[k] += otherOfNull;
                continue;
            }
            digest.reset(seed);
            if (vector instanceof ListVector list) {
                digest.putElements(list, i);
            } else {
                digest.putEntries((MapVector) vector, i);
            }
            first[k] += digest.first();
            second[k] += digest.second();
        }
    }

    private void addRows(RowVector rows, int @Nullable [] positions, int count, long[] first, long[] second) {
        long[] ofFields = new long[count];
        long[] otherOfFields = new long[count];
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).add(rows.field(i), positions, count, ofFields, otherOfFields);
        }
        for (int k = 0; k < count; k++) {
            if (rows.isNull(positions == null ? k : positions[k])) {
                first[k] += ofNull;
                second[k] += otherOfNull;
            } else {
                add(ofFields[k], otherOfFields[k], k, first, second);
            }
        }
    }
}
