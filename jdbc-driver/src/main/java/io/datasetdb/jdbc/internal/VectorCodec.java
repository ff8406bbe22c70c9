// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value vectors as bytes: a byte whether there are NULLs, then the validity words, then the arrays as they are in memory. */
final class VectorCodec {
    private VectorCodec() {}

    static void write(ByteWriter out, Vector source) {
        Vector vector = source.flatten();
        int count = vector.size();
        long[] validity = vector.validity();
        out.writeByte(validity == null ? 0 : 1);
        if (validity != null) {
            out.writeLongs(validity, Validity.words(count));
        }
        if (vector instanceof BooleanVector booleans) {
            out.writeBooleans(booleans.values(), count);
        } else if (vector instanceof IntVector ints) {
            out.writeInts(ints.values(), count);
        } else if (vector instanceof LongVector longs) {
            out.writeLongs(longs.values(), count);
        } else if (vector instanceof FloatVector floats) {
            out.writeFloats(floats.values(), count);
        } else if (vector instanceof DoubleVector doubles) {
            out.writeDoubles(doubles.values(), count);
        } else if (vector instanceof Int128Vector wide) {
            out.writeLongs(wide.high(), count);
            out.writeLongs(wide.low(), count);
        } else if (vector instanceof BytesVector bytes) {
            writeOffsets(out, bytes.offsets(), count);
            int start = bytes.offsets()[0];
            out.writeBytes(bytes.data(), start, bytes.offsets()[count] - start);
        } else if (vector instanceof ListVector list) {
            writeOffsets(out, list.offsets(), count);
            writePart(out, list.elements(), list.offsets(), count);
        } else if (vector instanceof MapVector map) {
            writeOffsets(out, map.offsets(), count);
            writePart(out, map.keys(), map.offsets(), count);
            writePart(out, map.values(), map.offsets(), count);
        } else if (vector instanceof RowVector row) {
            for (Vector field : row.fields()) {
                write(out, field);
            }
        } else if (!(vector instanceof ConstantVector)) {
            throw new IllegalStateException("not a value vector: " + vector.getClass());
        }
    }

    /** Offsets that start at 0, whatever theirs start at. */
    private static void writeOffsets(ByteWriter out, int[] offsets, int count) {
        for (int i = 0; i <= count; i++) {
            out.writeInt(offsets[i] - offsets[0]);
        }
    }

    /** The elements that the offsets refer to, without those before and behind. */
    private static void writePart(ByteWriter out, Vector elements, int[] offsets, int count) {
        int start = offsets[0];
        int length = offsets[count] - start;
        if (start == 0 && length == elements.size()) {
            write(out, elements);
            return;
        }
        int[] positions = new int[length];
        for (int i = 0; i < length; i++) {
            positions[i] = start + i;
        }
        write(out, elements.gather(positions, length));
    }

    static Vector read(ByteReader in, DataType type, int count) {
        long[] validity = in.readByte() == 0 ? null : in.readLongs(Validity.words(count));
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanVector(type, count, in.readBooleans(count), validity);
            case TINYINT, SMALLINT, INTEGER, DATE -> new IntVector(type, count, in.readInts(count), validity);
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY ->
                new LongVector(type, count, in.readLongs(count), validity);
            case REAL -> new FloatVector(type, count, in.readFloats(count), validity);
            case DOUBLE -> new DoubleVector(type, count, in.readDoubles(count), validity);
            case DECIMAL ->
                ((DataType.Decimal) type).isLong()
                        ? new LongVector(type, count, in.readLongs(count), validity)
                        : wide(in, type, count, validity);
            case UUID -> wide(in, type, count, validity);
            case VARCHAR, VARBINARY -> {
                int[] offsets = in.readInts(count + 1);
                yield new BytesVector(type, count, in.readBytes(offsets[count]), offsets, validity);
            }
            case ARRAY -> {
                int[] offsets = in.readInts(count + 1);
                Vector elements = read(in, ((DataType.Array) type).element(), offsets[count]);
                yield new ListVector(type, count, offsets, elements, validity);
            }
            case MAP -> {
                int[] offsets = in.readInts(count + 1);
                Vector keys = read(in, ((DataType.Map) type).key(), offsets[count]);
                Vector values = read(in, ((DataType.Map) type).value(), offsets[count]);
                yield new MapVector(type, count, offsets, keys, values, validity);
            }
            case ROW -> {
                List<Vector> fields = new ArrayList<>();
                for (Field field : ((DataType.Row) type).fields()) {
                    fields.add(read(in, field.type(), count));
                }
                yield new RowVector(type, count, fields, validity);
            }
            case NULL -> ConstantVector.ofNull(type, count);
        };
    }

    private static Vector wide(ByteReader in, DataType type, int count, long @Nullable [] validity) {
        long[] high = in.readLongs(count);
        return new Int128Vector(type, count, high, in.readLongs(count), validity);
    }

    /** The vector that really holds the value of a position of {@code vector}. */
    static Vector unwrapped(Vector vector) {
        if (vector instanceof DictionaryVector dictionary) {
            return dictionary.dictionary();
        }
        return vector instanceof ConstantVector constant && !constant.isNullConstant() ? constant.single() : vector;
    }

    /** Where in {@link #unwrapped} the value of a position is; for positions that are not NULL. */
    static int unwrapped(Vector vector, int position) {
        if (vector instanceof DictionaryVector dictionary) {
            return dictionary.ids()[position];
        }
        return vector instanceof ConstantVector ? 0 : position;
    }
}
