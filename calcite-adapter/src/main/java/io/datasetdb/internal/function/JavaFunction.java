// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import io.datasetdb.ProgramError;
import io.datasetdb.RowFunction;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.record.Encoder;
import io.datasetdb.internal.record.Encoders;
import io.datasetdb.internal.record.JavaTypes;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function of the program with the types that it is going to be called with.
 *
 * @param function what is called
 * @param origin what it says of itself
 * @param input what it is given
 * @param output what it yields, for {@code gen} and {@code agg} the type of one of them
 */
public record JavaFunction(RowFunction<?, ?> function, FunctionOrigin origin, Input input, Type output) {
    /** The result type that a function tells; a lambda with a generic one does not. */
    public static Type told(FunctionOrigin origin) {
        if (origin.output() == Object.class || origin.output() == Void.class) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE,
                    "Cannot call " + origin.shortName() + ": it does not tell the type of its result, give its class");
        }
        return origin.output();
    }

    /** What the elements of a result are: those of a collection, stream or array, else the result itself. */
    public static Type elements(Type result, String function) {
        Class<?> raw = JavaTypes.raw(result, "the result of " + function);
        if (Iterable.class.isAssignableFrom(raw) || Iterator.class.isAssignableFrom(raw) || raw == Stream.class) {
            return JavaTypes.argument(result, 0, "the result of " + function);
        }
        if (raw.isArray() && raw != byte[].class) {
            return result instanceof GenericArrayType array ? array.getGenericComponentType() : raw.getComponentType();
        }
        return result;
    }

    /** One value a row. */
    public ScalarFunction map(String name, Workers workers) {
        Encoder encoder = encoder();
        return scalar(
                name,
                parameters(),
                encoder.type(),
                encoder.nullable(),
                new FunctionBody(this, encoder.type(), input.reader(origin.shortName()), encoder::encode, workers));
    }

    /**
     * Any number of values a row, as an ARRAY of ROWs.
     *
     * @param column the name of the only column that is made; {@code null} if the components of a record are columns
     */
    public ScalarFunction gen(String name, @Nullable String column, Workers workers) {
        Encoder encoder = encoder();
        DataType type = DataType.array(row(encoder, column));
        return scalar(
                name,
                parameters(),
                type,
                true,
                new FunctionBody(this, type, input.reader(origin.shortName()), rows(encoder, column), workers));
    }

    /** Any number of values a group; its parameter is an ARRAY of ROWs. */
    public ScalarFunction agg(String name, @Nullable String column, Workers workers) {
        Encoder encoder = encoder();
        List<Field> parameters = List.of(Field.required("rows", DataType.array(input.row())));
        DataType type = DataType.array(row(encoder, column));
        return scalar(
                name,
                parameters,
                type,
                true,
                new FunctionBody(this, type, input.listReader(origin.shortName()), rows(encoder, column), workers));
    }

    /** The columns that {@link #gen} and {@link #agg} make. */
    public List<Field> columns(@Nullable String column) {
        return row(encoder(), column).fields();
    }

    private Encoder encoder() {
        return Encoders.of(output, "the result of " + origin.shortName());
    }

    private List<Field> parameters() {
        return input.columns().stream()
                .map(field -> new Field(field.name(), field.type(), !input.refusesNull()))
                .toList();
    }

    private static ScalarFunction scalar(
            String name, List<Field> parameters, DataType type, boolean nullable, FunctionBody body) {
        return new ScalarFunction(
                name, parameters, type, nullable, false, "A function of the calling program.", "", name, body);
    }

    private DataType.Row row(Encoder encoder, @Nullable String column) {
        if (column != null) {
            return (DataType.Row) DataType.row(encoder.field(column));
        }
        if (encoder.type() instanceof DataType.Row row) {
            return row;
        }
        throw new DatasetDbException(
                ProgramError.MISMATCH,
                "Cannot make columns of the results of " + origin.shortName() + ": they are no records, give a name ("
                        + output.getTypeName() + ")");
    }

    private static FunctionBody.Conversion rows(Encoder encoder, @Nullable String column) {
        return result -> result == null ? null : Results.each(result, encoder, column != null);
    }

    /** The row of a failed call, for its error. */
    static String shown(List<Field> columns, List<? extends @Nullable Object> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            String plain = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
            text.append(i == 0 ? "" : ", ")
                    .append(i < columns.size() ? columns.get(i).name() + "=" : "")
                    .append(plain.length() > 100 ? plain.substring(0, 100) + "…" : plain);
        }
        return text.toString();
    }
}
