// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An aggregate function that is a static method, which is given all values of a group at once. */
final class AggregateMethod {
    private final Method method;
    private final String name;
    private final List<Field> parameters = new ArrayList<>();
    private final List<JavaValues.Conversion> readers = new ArrayList<>();
    private final DataType returnType;
    private final JavaValues.Conversion writer;
    private final MethodHandle handle;
    private final String className;

    AggregateMethod(Class<?> owner, Method method, String name, JavaValues values) {
        this.className = owner.getName();
        this.method = method;
        this.name = name;
        if (!Modifier.isStatic(method.getModifiers()) || method.getParameterCount() == 0) {
            throw Calls.bad(method, "an aggregate method is static and has parameters");
        }
        for (Parameter parameter : method.getParameters()) {
            Field field = Calls.field(method, parameter, element(parameter), MethodLoader.takesNull(parameter), values);
            parameters.add(field);
            readers.add(values.toJava(
                    parameter.getParameterizedType(),
                    DataType.array(field.type()),
                    "parameter " + field.name() + " of " + name));
        }
        SqlType declared = method.getAnnotation(SqlType.class);
        returnType = Calls.type(method, method.getGenericReturnType(), declared, "its result", values);
        writer = declared != null
                ? value -> value
                : values.toColumn(method.getGenericReturnType(), "the result of " + name);
        handle = Calls.spread(method);
    }

    private Type element(Parameter parameter) {
        Type type = parameter.getParameterizedType();
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list.getActualTypeArguments()[0];
        }
        if (type instanceof GenericArrayType array) {
            return array.getGenericComponentType();
        }
        if (type instanceof Class<?> array && array.isArray()) {
            return array.getComponentType();
        }
        throw Calls.bad(
                method,
                "parameter " + parameter.getName() + " is neither a List nor an array of a group's values ("
                        + type.getTypeName() + ")");
    }

    AggregateFunction function() {
        Description description = method.getAnnotation(Description.class);
        return new AggregateFunction(
                name,
                parameters,
                returnType,
                true,
                description == null ? "" : description.value(),
                className,
                () -> new State(this));
    }

    private static final class State implements AggregateState {
        private final AggregateMethod function;
        private final List<List<@Nullable Object>> values = new ArrayList<>();

        State(AggregateMethod function) {
            this.function = function;
            function.parameters.forEach(parameter -> values.add(new ArrayList<>()));
        }

        @Override
        public void add(List<Vector> arguments, int position) {
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i).isNull(position)
                        && !function.parameters.get(i).nullable()) {
                    return;
                }
            }
            for (int i = 0; i < arguments.size(); i++) {
                values.get(i).add(arguments.get(i).getObject(position));
            }
        }

        @Override
        public void merge(AggregateState other) {
            for (int i = 0; i < values.size(); i++) {
                values.get(i).addAll(new ArrayList<>(((State) other).values.get(i)));
            }
        }

        @Override
        public @Nullable Object result() {
            if (values.get(0).isEmpty()) {
                return null;
            }
            @Nullable Object[] call = new @Nullable Object[values.size()];
            for (int i = 0; i < call.length; i++) {
                call[i] = function.readers.get(i).of(values.get(i));
            }
            return function.writer.of(Calls.call(function.handle, function.name, call));
        }
    }
}
