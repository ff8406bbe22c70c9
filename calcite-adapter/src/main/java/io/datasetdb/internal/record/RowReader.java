// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.Row;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Positions of a batch as Java values. */
@FunctionalInterface
public interface RowReader {
    /** The row at a position. */
    @Nullable
    Object read(List<Vector> columns, int position);

    /** Rows as records, as views, or as the values of their only column. */
    static RowReader of(Class<?> type, Schema schema) {
        if (type == Row.class) {
            return ofRows(schema);
        }
        if (type.isRecord()) {
            return ofRecord(type, schema);
        }
        if (schema.size() != 1) {
            throw new DatasetDbException(
                    ProgramError.MISMATCH,
                    "Cannot read rows as " + type.getSimpleName() + ": there is more than one column ("
                            + String.join(
                                    ", ",
                                    schema.fields().stream().map(Field::name).toList()) + ")");
        }
        return ofColumn(type, schema.field(0), type.getSimpleName());
    }

    /** Rows as records. */
    static RowReader ofRecord(Class<?> type, Schema schema) {
        RowDecoder decoder = RowDecoder.ofTable(RecordShape.of(type), type.getSimpleName(), schema);
        return decoder::read;
    }

    /** Whether each component has a column, or is an Optional; whatever the types. */
    static boolean fits(Class<?> type, Schema schema) {
        return RecordShape.of(type).components().stream()
                .allMatch(component -> RowDecoder.isOptional(component.getType())
                        || RowDecoder.find(schema, component.getName()) >= 0);
    }

    /** The columns that the components of a record mean, in their order; -1 for an Optional without one. */
    static int[] ordinals(Class<?> type, Schema schema) {
        return RowDecoder.ofTable(RecordShape.of(type), type.getSimpleName(), schema)
                .ordinals();
    }

    /** Rows as views of all columns. */
    static RowReader ofRows(Schema schema) {
        return (columns, position) -> {
            List<@Nullable Object> values = new ArrayList<>(columns.size());
            columns.forEach(column -> values.add(column.getObject(position)));
            return new Row(schema, values);
        };
    }

    /** The values of the only column as this type. */
    static RowReader ofColumn(Type type, Field column, String target) {
        Decoder decoder = Decoders.of(type, column.type(), new Place("column " + column.name(), target));
        return (columns, position) -> decoder.read(columns.get(0), position);
    }

    /** The value of an ARRAY column whose elements are ROWs of this schema, or values, as a list; {@code null} is empty. */
    static RowReader ofList(Type element, Schema schema, String target) {
        Decoder decoder = element == Row.class
                ? new RowViews(schema)
                : element instanceof Class<?> type && type.isRecord() && fits(type, schema)
                        ? RowDecoder.ofTable(RecordShape.of(type), type.getSimpleName(), schema)
                        : new OnlyField(Decoders.of(
                                element,
                                schema.field(0).type(),
                                new Place("column " + schema.field(0).name(), target)));
        return (columns, position) -> {
            List<@Nullable Object> result = new ArrayList<>();
            if (columns.get(0).getObject(position) instanceof List<?> rows) {
                rows.forEach(row -> result.add(decoder.decodeAny(row)));
            }
            return result;
        };
    }

    /** ROWs as views. */
    final class RowViews extends Decoder {
        private final Schema schema;

        RowViews(Schema schema) {
            this.schema = schema;
        }

        @Override
        Object decode(Object value) {
            return new Row(schema, (List<?>) value);
        }
    }

    /** ROWs of one field as its value. */
    final class OnlyField extends Decoder {
        private final Decoder field;

        OnlyField(Decoder field) {
            this.field = field;
        }

        @Override
        Object decode(Object value) {
            throw new IllegalStateException("a ROW whose field is NULL is NULL here");
        }

        @Override
        @Nullable
        Object decodeAny(@Nullable Object value) {
            return field.decodeAny(value instanceof List<?> row ? row.get(0) : null);
        }
    }
}
