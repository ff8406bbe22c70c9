// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;

/** Schemas as bytes: a type is its kind's ordinal in {@link DataType.Kind}, then its parameters. */
final class TypeCodec {
    private static final DataType.Kind[] KINDS = DataType.Kind.values();

    private TypeCodec() {}

    static void write(ByteWriter out, Schema schema) {
        writeFields(out, schema.fields());
    }

    static Schema readSchema(ByteReader in) {
        return new Schema(readFields(in));
    }

    private static void writeFields(ByteWriter out, List<Field> fields) {
        out.writeInt(fields.size());
        for (Field field : fields) {
            out.writeString(field.name());
            out.writeByte(field.nullable() ? 1 : 0);
            writeType(out, field.type());
        }
    }

    private static List<Field> readFields(ByteReader in) {
        int count = in.readInt();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            boolean nullable = in.readByte() == 1;
            fields.add(new Field(name, readType(in), nullable));
        }
        return fields;
    }

    private static void writeType(ByteWriter out, DataType type) {
        out.writeByte(type.kind().ordinal());
        if (type instanceof DataType.Decimal decimal) {
            out.writeByte(decimal.precision());
            out.writeByte(decimal.scale());
        } else if (type instanceof DataType.Array array) {
            writeType(out, array.element());
        } else if (type instanceof DataType.Map map) {
            writeType(out, map.key());
            writeType(out, map.value());
        } else if (type instanceof DataType.Row row) {
            writeFields(out, row.fields());
        }
    }

    private static DataType readType(ByteReader in) {
        return switch (KINDS[in.readByte()]) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INTEGER;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.REAL;
            case DOUBLE -> DataType.DOUBLE;
            case DECIMAL -> {
                int precision = in.readByte();
                yield DataType.decimal(precision, in.readByte());
            }
            case VARCHAR -> DataType.VARCHAR;
            case VARBINARY -> DataType.VARBINARY;
            case DATE -> DataType.DATE;
            case TIME -> DataType.TIME;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case TIMESTAMP_LTZ -> DataType.TIMESTAMP_LTZ;
            case UUID -> DataType.UUID;
            case INTERVAL_MONTH -> DataType.INTERVAL_MONTH;
            case INTERVAL_DAY -> DataType.INTERVAL_DAY;
            case ARRAY -> DataType.array(readType(in));
            case MAP -> {
                DataType key = readType(in);
                yield DataType.map(key, readType(in));
            }
            case ROW -> DataType.row(readFields(in));
            case NULL -> DataType.NULL;
        };
    }
}
