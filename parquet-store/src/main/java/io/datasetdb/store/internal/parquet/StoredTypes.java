// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Our types as we store them. */
final class StoredTypes {
    private static final int WIDE_BYTES = 16;

    private StoredTypes() {}

    static MessageType messageType(Schema schema) {
        List<Type> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            Type column = type(field, field.name());
            if (depth(column) > ColumnTree.MAX_DEPTH) {
                throw new DatasetDbException(
                        StoreError.BAD_VALUE,
                        "Cannot store column " + field.name() + ": it is nested deeper than supported ("
                                + ColumnTree.MAX_DEPTH + " groups, of which a list or map takes two)");
            }
            columns.add(column);
        }
        return new MessageType("schema", columns);
    }

    /** How many groups are around the deepest leaf: a file with too many of them could not be read again. */
    private static int depth(Type type) {
        int deepest = -1;
        if (type instanceof GroupType group) {
            for (Type field : group.getFields()) {
                deepest = Math.max(deepest, depth(field));
            }
        }
        return deepest + 1;
    }

    private static Type type(Field field, String path) {
        return type(field.name(), field.type(), field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED, path);
    }

    private static Type type(String name, DataType type, Repetition repetition, String path) {
        return switch (type.kind()) {
            case BOOLEAN -> leaf(name, repetition, PrimitiveTypeName.BOOLEAN, null);
            case TINYINT -> leaf(name, repetition, PrimitiveTypeName.INT32, intType(8, true));
            case SMALLINT -> leaf(name, repetition, PrimitiveTypeName.INT32, intType(16, true));
            case INTEGER -> leaf(name, repetition, PrimitiveTypeName.INT32, null);
            case BIGINT -> leaf(name, repetition, PrimitiveTypeName.INT64, null);
            case REAL -> leaf(name, repetition, PrimitiveTypeName.FLOAT, null);
            case DOUBLE -> leaf(name, repetition, PrimitiveTypeName.DOUBLE, null);
            case DECIMAL -> decimal(name, (DataType.Decimal) type, repetition);
            case VARCHAR -> leaf(name, repetition, PrimitiveTypeName.BINARY, stringType());
            case VARBINARY -> leaf(name, repetition, PrimitiveTypeName.BINARY, null);
            case DATE -> leaf(name, repetition, PrimitiveTypeName.INT32, dateType());
            case TIME -> leaf(name, repetition, PrimitiveTypeName.INT64, timeType(false, TimeUnit.MICROS));
            case TIMESTAMP -> leaf(name, repetition, PrimitiveTypeName.INT64, timestampType(false, TimeUnit.MICROS));
            case TIMESTAMP_LTZ -> leaf(name, repetition, PrimitiveTypeName.INT64, timestampType(true, TimeUnit.MICROS));
            case UUID -> wide(name, repetition, uuidType());
            case ARRAY -> list(name, (DataType.Array) type, repetition, path);
            case MAP -> map(name, (DataType.Map) type, repetition, path);
            case ROW -> row(name, (DataType.Row) type, repetition, path);
            case INTERVAL_MONTH, INTERVAL_DAY, NULL -> throw noStoredForm(path, type);
        };
    }

    private static Type leaf(
            String name, Repetition repetition, PrimitiveTypeName physical, @Nullable LogicalTypeAnnotation logical) {
        return Types.primitive(physical, repetition).as(logical).named(name);
    }

    private static Type wide(String name, Repetition repetition, LogicalTypeAnnotation logical) {
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(WIDE_BYTES)
                .as(logical)
                .named(name);
    }

    private static Type decimal(String name, DataType.Decimal type, Repetition repetition) {
        LogicalTypeAnnotation logical = decimalType(type.scale(), type.precision());
        return type.isLong()
                ? leaf(name, repetition, PrimitiveTypeName.INT64, logical)
                : wide(name, repetition, logical);
    }

    private static Type list(String name, DataType.Array type, Repetition repetition, String path) {
        Type element = type("element", type.element(), Repetition.OPTIONAL, path + ".element");
        return Types.buildGroup(repetition)
                .as(listType())
                .addField(new GroupType(Repetition.REPEATED, "list", element))
                .named(name);
    }

    private static Type map(String name, DataType.Map type, Repetition repetition, String path) {
        Type key = type("key", type.key(), Repetition.REQUIRED, path + ".key");
        Type value = type("value", type.value(), Repetition.OPTIONAL, path + ".value");
        return Types.buildGroup(repetition)
                .as(mapType())
                .addField(new GroupType(Repetition.REPEATED, "key_value", key, value))
                .named(name);
    }

    private static Type row(String name, DataType.Row type, Repetition repetition, String path) {
        if (type.fields().isEmpty()) {
            throw noStoredForm(path, type);
        }
        List<Type> fields = new ArrayList<>();
        for (Field field : type.fields()) {
            fields.add(type(field, path + "." + field.name()));
        }
        return new GroupType(repetition, name, fields);
    }

    private static DatasetDbException noStoredForm(String path, DataType type) {
        return new DatasetDbException(
                StoreError.BAD_VALUE,
                "Cannot store column " + path + ": its type has no stored form (" + type.sql() + ")");
    }
}
