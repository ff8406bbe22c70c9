// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.VectorBuilder;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** A table function that is a static method, which answers the rows. */
final class MethodTable implements TableFunction {
    private static final Set<DataType.Kind> PARAMETERS = EnumSet.of(
            DataType.Kind.VARCHAR,
            DataType.Kind.BOOLEAN,
            DataType.Kind.INTEGER,
            DataType.Kind.BIGINT,
            DataType.Kind.DOUBLE);

    private final Method method;
    private final String name;
    private final List<Parameter> parameters = new ArrayList<>();
    private final MethodHandle handle;
    private final Schema schema;
    private final boolean isRecord;
    private final JavaValues.Conversion writer;

    MethodTable(Method method, String name, JavaValues values) {
        this.method = method;
        this.name = name;
        this.handle = Calls.spread(method);
        for (java.lang.reflect.Parameter parameter : method.getParameters()) {
            Field field = Calls.field(method, parameter, parameter.getParameterizedType(), false, values);
            if (!PARAMETERS.contains(field.type().kind())) {
                throw Calls.bad(
                        method,
                        "parameter " + parameter.getName()
                                + " of a table function is no text, BOOLEAN, INTEGER, BIGINT or DOUBLE ("
                                + field.type().sql() + ")");
            }
            parameters.add(new Parameter(
                    field.name(), field.type(), !MethodLoader.takesNull(parameter), "An argument of " + name + "."));
        }
        Type row = row(method.getGenericReturnType());
        DataType type = Calls.type(method, row, null, "its row", values);
        this.isRecord = row instanceof Class<?> plain && plain.isRecord();
        this.schema = type instanceof DataType.Row fields && isRecord
                ? new Schema(fields.fields())
                : Schema.of(Field.of(name, type));
        this.writer = values.toColumn(row, "a row of " + name);
    }

    private Type row(Type result) {
        if (result instanceof ParameterizedType many
                && many.getRawType() instanceof Class<?> raw
                && (Iterable.class.isAssignableFrom(raw)
                        || Iterator.class.isAssignableFrom(raw)
                        || BaseStream.class.isAssignableFrom(raw))) {
            return many.getActualTypeArguments()[0];
        }
        if (result instanceof GenericArrayType array) {
            return array.getGenericComponentType();
        }
        if (result instanceof Class<?> array && array.isArray()) {
            return array.getComponentType();
        }
        throw Calls.bad(
                method, "it answers no Stream, Iterable, Iterator or array of rows (" + result.getTypeName() + ")");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public Optional<Schema> columns() {
        return Optional.of(schema);
    }

    @Override
    public String description() {
        Description description = method.getAnnotation(Description.class);
        return description == null ? "" : description.value();
    }

    @Override
    public String example() {
        return "";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> arguments, DatasetStore store) {
        @Nullable Object[] call = arguments.toArray();
        String shown = Calls.shown(name, arguments);
        return new ProgramTable(name, schema, -1, () -> new Rows(Calls.call(handle, shown, call), shown));
    }

    /** What the method answered, as batches. */
    private final class Rows implements BatchSource {
        private final @Nullable Object answer;
        private final Iterator<?> rows;
        private final String call;

        Rows(@Nullable Object answer, String call) {
            this.answer = answer;
            this.call = call;
            this.rows = iterator(answer);
        }

        private Iterator<?> iterator(@Nullable Object many) {
            if (many instanceof Iterable<?> iterable) {
                return iterable.iterator();
            }
            if (many instanceof BaseStream<?, ?> stream) {
                return stream.iterator();
            }
            if (many instanceof Iterator<?> iterator) {
                return iterator;
            }
            if (many == null) {
                throw Calls.failed(call, new NullPointerException("it answered null"));
            }
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = 0; i < java.lang.reflect.Array.getLength(many); i++) {
                elements.add(java.lang.reflect.Array.get(many, i));
            }
            return elements.iterator();
        }

        @Override
        public @Nullable Batch next() {
            List<VectorBuilder> builders = schema.fields().stream()
                    .map(field -> VectorBuilder.of(field.type(), Batch.SIZE))
                    .toList();
            int count = 0;
            try {
                for (; count < Batch.SIZE && rows.hasNext(); count++) {
                    append(rows.next(), builders);
                }
            } catch (io.datasetdb.error.DatasetDbException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                throw Calls.failed(call, e);
            }
            return count == 0
                    ? null
                    : Batch.of(builders.stream().map(VectorBuilder::build).toList(), count);
        }

        private void append(@Nullable Object row, List<VectorBuilder> builders) {
            if (isRecord && row == null) {
                throw new NullPointerException("a row is null");
            }
            Object value = writer.of(row);
            List<?> fields = isRecord && value instanceof List<?> list ? list : Arrays.asList(value);
            for (int i = 0; i < builders.size(); i++) {
                builders.get(i).append(fields.get(i));
            }
        }

        @Override
        public void close() {
            if (answer instanceof BaseStream<?, ?> stream) {
                stream.close();
            }
        }
    }
}
