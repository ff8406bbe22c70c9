// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import io.datasetdb.ProgramError;
import io.datasetdb.Row;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.record.JavaTypes;
import io.datasetdb.internal.record.RowReader;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function is called with.
 *
 * @param columns the columns of the chain that it needs
 * @param type the Java type of its parameter
 */
public record Input(List<Field> columns, Type type) {
    /**
     * Finds the columns for a parameter: those of a record's components, all for a {@link Row}, the only column for anything
     * else. A record may also be what one of the ROW columns holds.
     *
     * @param function for errors
     */
    public static Input of(Type type, Schema schema, String function) {
        Class<?> raw = JavaTypes.raw(type, "the parameter of " + function);
        if (raw == Row.class) {
            return new Input(schema.fields(), type);
        }
        if (raw.isRecord()) {
            Field wrapped = wrapped(raw, schema);
            return new Input(wrapped == null ? columnsOf(raw, schema) : List.of(wrapped), type);
        }
        if (raw == Object.class) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE,
                    "Cannot call " + function
                            + ": a lambda does not tell the type of its parameter, give its class or the column");
        }
        if (schema.size() != 1) {
            throw new DatasetDbException(
                    ProgramError.MISMATCH,
                    "Cannot call " + function + ": which column is its " + raw.getSimpleName()
                            + " must be said, there are "
                            + String.join(
                                    ", ",
                                    schema.fields().stream().map(Field::name).toList()));
        }
        return new Input(schema.fields(), type);
    }

    /** The only ROW column that the record reads, if it does not read the columns themselves. */
    private static @Nullable Field wrapped(Class<?> record, Schema schema) {
        if (RowReader.fits(record, schema)) {
            return null;
        }
        List<Field> fitting = schema.fields().stream()
                .filter(field ->
                        field.type() instanceof DataType.Row row && RowReader.fits(record, new Schema(row.fields())))
                .toList();
        return fitting.size() == 1 ? fitting.get(0) : null;
    }

    private static List<Field> columnsOf(Class<?> record, Schema schema) {
        List<Field> result = new ArrayList<>();
        for (int ordinal : RowReader.ordinals(record, schema)) {
            if (ordinal >= 0 && !result.contains(schema.field(ordinal))) {
                result.add(schema.field(ordinal));
            }
        }
        return result;
    }

    /** Reads the parameter from the columns. */
    RowReader reader(String function) {
        Class<?> raw = JavaTypes.raw(type, function);
        Schema schema = new Schema(columns);
        if (raw == Row.class) {
            return RowReader.ofRows(schema);
        }
        if (raw.isRecord() && wrapped(raw, schema) == null) {
            return RowReader.ofRecord(raw, schema);
        }
        return RowReader.ofColumn(type, schema.field(0), "the parameter of " + function);
    }

    /** Whether a NULL can be no parameter, so that the result is NULL without a call. */
    boolean refusesNull() {
        return type instanceof Class<?> plain && plain.isPrimitive();
    }

    /** The columns as the fields of a ROW. */
    DataType.Row row() {
        return (DataType.Row) DataType.row(columns);
    }

    /** The names of the columns. */
    public List<String> names() {
        return columns.stream().map(Field::name).toList();
    }

    /** Reads the parameter from an ARRAY of ROWs of the columns. */
    RowReader listReader(String function) {
        return RowReader.ofList(type, new Schema(columns), "the parameter of " + function);
    }
}
