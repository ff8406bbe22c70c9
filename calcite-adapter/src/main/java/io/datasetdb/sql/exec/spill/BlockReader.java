// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.spill;

import static io.datasetdb.sql.exec.spill.BlockWriter.INTS;
import static io.datasetdb.sql.exec.spill.BlockWriter.LONGS;
import static io.datasetdb.sql.exec.spill.BlockWriter.SHORTS;

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

/** Makes vectors of what {@link BlockWriter} has written, in the same order. */
final class BlockReader {
    private final byte[] data;
    private int next;

    BlockReader(byte[] data) {
        this.data = data;
    }

    /** The next vector, which has this type and size. */
    Vector read(DataType type, int size) {
        int form = data[next++];
        if (form == BlockWriter.NULL_CONSTANT) {
            return ConstantVector.ofNull(type, size);
        }
        if (form == BlockWriter.CONSTANT) {
            return ConstantVector.of(read(type, 1), size);
        }
        long[] validity = form >= BlockWriter.NULLS ? readValidity(size) : null;
        if ((form & ~BlockWriter.NULLS) == BlockWriter.DICTIONARY) {
            Vector dictionary = read(type, readInt());
            return new DictionaryVector(size, readInts(size), dictionary, validity);
        }
        return readValues(type, size, validity);
    }

    private Vector readValues(DataType type, int size, long @Nullable [] validity) {
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanVector(type, size, readBits(size), validity);
            case TINYINT, SMALLINT, INTEGER, DATE -> new IntVector(type, size, readInts(size), validity);
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY ->
                new LongVector(type, size, readLongs(size), validity);
            case DECIMAL ->
                ((DataType.Decimal) type).isLong()
                        ? new LongVector(type, size, readLongs(size), validity)
                        : new Int128Vector(type, size, readLongs(size), readLongs(size), validity);
            case UUID -> new Int128Vector(type, size, readLongs(size), readLongs(size), validity);
            case REAL -> new FloatVector(type, size, readFloats(size), validity);
            case DOUBLE -> new DoubleVector(type, size, readDoubles(size), validity);
            case VARCHAR, VARBINARY -> readBytes(type, size, validity);
            case ARRAY -> {
                int[] offsets = readOffsets(size);
                yield new ListVector(
                        type, size, offsets, read(((DataType.Array) type).element(), offsets[size]), validity);
            }
            case MAP -> {
                int[] offsets = readOffsets(size);
                DataType.Map map = (DataType.Map) type;
                Vector keys = read(map.key(), offsets[size]);
                yield new MapVector(type, size, offsets, keys, read(map.value(), offsets[size]), validity);
            }
            case ROW -> {
                List<Vector> fields = new ArrayList<>();
                for (Field field : ((DataType.Row) type).fields()) {
                    fields.add(read(field.type(), size));
                }
                yield new RowVector(type, size, fields, validity);
            }
            case NULL -> throw new IllegalArgumentException("NULL is always a constant");
        };
    }

    private BytesVector readBytes(DataType type, int size, long @Nullable [] validity) {
        int[] offsets = readOffsets(size);
        byte[] bytes = Arrays.copyOfRange(data, next, next + offsets[size]);
        next += bytes.length;
        return new BytesVector(type, size, bytes, offsets, validity);
    }

    private int[] readOffsets(int size) {
        int[] lengths = readInts(size);
        int[] offsets = new int[size + 1];
        for (int i = 0; i < size; i++) {
            offsets[i + 1] = offsets[i] + lengths[i];
        }
        return offsets;
    }

    private long[] readValidity(int size) {
        boolean[] valid = readBits(size);
        long[] bits = Validity.allNull(size);
        for (int i = 0; i < size; i++) {
            if (valid[i]) {
                Validity.setValid(bits, i);
            }
        }
        return bits;
    }

    private boolean[] readBits(int size) {
        boolean[] result = new boolean[size];
        for (int i = 0; i < size; i++) {
            result[i] = (data[next + (i >>> 3)] >>> (i & 7) & 1) != 0;
        }
        next += (size + 7) / 8;
        return result;
    }

    private int readInt() {
        int result = (int) INTS.get(data, next);
        next += 4;
        return result;
    }

    private int[] readInts(int size) {
        int width = data[next++];
        int min = readInt();
        int[] result = new int[size];
        int at = next;
        next += width * size;
        switch (width) {
            case 1 -> {
                for (int i = 0; i < size; i++) {
                    result[i] = min + (data[at++] & 0xFF);
                }
            }
            case 2 -> {
                for (int i = 0; i < size; i++, at += 2) {
                    result[i] = min + ((short) SHORTS.get(data, at) & 0xFFFF);
                }
            }
            case 4 -> {
                for (int i = 0; i < size; i++, at += 4) {
                    result[i] = min + (int) INTS.get(data, at);
                }
            }
            default -> Arrays.fill(result, min);
        }
        return result;
    }

    private long[] readLongs(int size) {
        int width = data[next++];
        long min = (long) LONGS.get(data, next);
        next += 8;
        long[] result = new long[size];
        int at = next;
        next += width * size;
        switch (width) {
            case 1 -> {
                for (int i = 0; i < size; i++) {
                    result[i] = min + (data[at++] & 0xFF);
                }
            }
            case 2 -> {
                for (int i = 0; i < size; i++, at += 2) {
                    result[i] = min + ((short) SHORTS.get(data, at) & 0xFFFF);
                }
            }
            case 4 -> {
                for (int i = 0; i < size; i++, at += 4) {
                    result[i] = min + ((int) INTS.get(data, at) & 0xFFFFFFFFL);
                }
            }
            case 8 -> {
                for (int i = 0; i < size; i++, at += 8) {
                    result[i] = min + (long) LONGS.get(data, at);
                }
            }
            default -> Arrays.fill(result, min);
        }
        return result;
    }

    private float[] readFloats(int size) {
        float[] result = new float[size];
        for (int i = 0; i < size; i++, next += 4) {
            result[i] = Float.intBitsToFloat((int) INTS.get(data, next));
        }
        return result;
    }

    private double[] readDoubles(int size) {
        double[] result = new double[size];
        for (int i = 0; i < size; i++, next += 8) {
            result[i] = Double.longBitsToDouble((long) LONGS.get(data, next));
        }
        return result;
    }
}
