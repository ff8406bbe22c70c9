// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Builds a file's message type from the flat list in its footer. parquet-java does the same on the way to an object
 * whose class brings a whole JSON library to life, which is too dear for a process that reads one file.
 */
final class FooterSchema {
    private static final int MAX_DEPTH = 100;

    private final Iterator<SchemaElement> elements;
    private final @Nullable Iterator<org.apache.parquet.format.ColumnOrder> orders;

    private FooterSchema(FileMetaData footer) {
        this.elements = footer.getSchema().iterator();
        this.orders = footer.isSetColumn_orders() ? footer.getColumn_orders().iterator() : null;
    }

    static MessageType of(FileMetaData footer) {
        FooterSchema schema = new FooterSchema(footer);
        SchemaElement root = schema.next();
        return new MessageType(root.getName(), schema.children(root, 0));
    }

    private SchemaElement next() {
        if (!elements.hasNext()) {
            throw new ParquetDecodingException("the schema ends early");
        }
        return elements.next();
    }

    private List<Type> children(SchemaElement parent, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ParquetDecodingException("columns are nested deeper than supported (" + MAX_DEPTH + ")");
        }
        List<Type> result = new ArrayList<>();
        for (int i = 0; i < parent.getNum_children(); i++) {
            SchemaElement element = next();
            result.add(element.isSetType() ? leaf(element) : group(element, depth));
        }
        return result;
    }

    private static Repetition repetition(SchemaElement element) {
        return Repetition.valueOf(element.getRepetition_type().name());
    }

    private Type group(SchemaElement element, int depth) {
        Type[] fields = children(element, depth + 1).toArray(new Type[0]);
        return Types.buildGroup(repetition(element))
                .addFields(fields)
                .as(annotation(element))
                .named(element.getName());
    }

    private Type leaf(SchemaElement element) {
        PrimitiveTypeName physical = switch (element.getType()) {
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY ->
                PrimitiveTypeName.valueOf(element.getType().name());
        };
        Types.PrimitiveBuilder<?> builder =
                Types.primitive(physical, repetition(element)).as(annotation(element));
        if (element.isSetType_length()) {
            builder.length(element.getType_length());
        }
        ColumnOrder order = order(element, physical);
        if (order != null) {
            builder.columnOrder(order);
        }
        return (Type) builder.named(element.getName());
    }

    /** In which order the leaf's statistics are, {@code null} for the type's default. */
    private @Nullable ColumnOrder order(SchemaElement element, PrimitiveTypeName physical) {
        if (orders == null) {
            // Older than other orders of floating-point numbers, which are the library's default.
            boolean floating = physical == PrimitiveTypeName.FLOAT
                    || physical == PrimitiveTypeName.DOUBLE
                    || element.isSetLogicalType() && element.getLogicalType().isSetFLOAT16();
            return floating ? ColumnOrder.typeDefined() : null;
        }
        if (!orders.hasNext()) {
            throw new ParquetDecodingException("the schema has more columns than orders");
        }
        org.apache.parquet.format.ColumnOrder order = orders.next();
        if (order.isSetIEEE_754_TOTAL_ORDER()) {
            return ColumnOrder.ieee754TotalOrder();
        }
        boolean unordered =
                physical == PrimitiveTypeName.INT96 || element.getConverted_type() == ConvertedType.INTERVAL;
        return order.isSetTYPE_ORDER() && !unordered ? ColumnOrder.typeDefined() : ColumnOrder.undefined();
    }

    /** The annotation, of which the newer form wins; {@code null} if there is none or an unknown one. */
    private static @Nullable LogicalTypeAnnotation annotation(SchemaElement element) {
        LogicalTypeAnnotation logical = element.isSetLogicalType() ? logical(element.getLogicalType()) : null;
        return logical == null && element.isSetConverted_type() ? converted(element) : logical;
    }

    private static @Nullable LogicalTypeAnnotation logical(LogicalType type) {
        LogicalType._Fields kind = type.getSetField();
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case STRING -> LogicalTypeAnnotation.stringType();
            case MAP -> LogicalTypeAnnotation.mapType();
            case LIST -> LogicalTypeAnnotation.listType();
            case ENUM -> LogicalTypeAnnotation.enumType();
            case DECIMAL ->
                LogicalTypeAnnotation.decimalType(
                        type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIME ->
                LogicalTypeAnnotation.timeType(
                        type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
            case TIMESTAMP ->
                LogicalTypeAnnotation.timestampType(
                        type.getTIMESTAMP().isIsAdjustedToUTC(),
                        unit(type.getTIMESTAMP().getUnit()));
            case INTEGER ->
                LogicalTypeAnnotation.intType(
                        type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
            case JSON -> LogicalTypeAnnotation.jsonType();
            case BSON -> LogicalTypeAnnotation.bsonType();
            case UUID -> LogicalTypeAnnotation.uuidType();
            case FLOAT16 -> LogicalTypeAnnotation.float16Type();
            // All NULLs, bytes of a standard of their own, or a group of binaries: as they are stored.
            case UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> null;
        };
    }

    private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
        return unit.isSetNANOS() ? TimeUnit.NANOS : unit.isSetMICROS() ? TimeUnit.MICROS : TimeUnit.MILLIS;
    }

    private static LogicalTypeAnnotation converted(SchemaElement element) {
        return switch (element.getConverted_type()) {
            case UTF8 -> LogicalTypeAnnotation.stringType();
            case MAP -> LogicalTypeAnnotation.mapType();
            case MAP_KEY_VALUE -> LogicalTypeAnnotation.MapKeyValueTypeAnnotation.getInstance();
            case LIST -> LogicalTypeAnnotation.listType();
            case ENUM -> LogicalTypeAnnotation.enumType();
            case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS);
            case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MICROS);
            case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
            case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
            case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
            case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
            case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
            case INT_8 -> LogicalTypeAnnotation.intType(8, true);
            case INT_16 -> LogicalTypeAnnotation.intType(16, true);
            case INT_32 -> LogicalTypeAnnotation.intType(32, true);
            case INT_64 -> LogicalTypeAnnotation.intType(64, true);
            case JSON -> LogicalTypeAnnotation.jsonType();
            case BSON -> LogicalTypeAnnotation.bsonType();
            case INTERVAL -> LogicalTypeAnnotation.IntervalLogicalTypeAnnotation.getInstance();
        };
    }
}
