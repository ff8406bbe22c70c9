// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An aggregate function whose class is the state of a group. */
final class AggregateClass {
    private final Class<?> type;
    private final String name;
    private final JavaValues values;

    AggregateClass(Class<?> type, String name, JavaValues values) {
        this.type = type;
        this.name = name;
        this.values = values;
    }

    /** Whether a class is one. */
    static boolean is(Class<?> type) {
        return type.isAnnotationPresent(io.datasetdb.udf.annotation.AggregateFunction.class);
    }

    /** How SQL calls such a class by itself, and its Java name. */
    static List<String> names(Class<?> type) {
        var annotation = type.getAnnotation(io.datasetdb.udf.annotation.AggregateFunction.class);
        return Stream.concat(
                        Stream.of(type.getSimpleName(), MethodLoader.snakeCase(type.getSimpleName())),
                        annotation == null ? Stream.of() : Stream.of(annotation.value()))
                .toList();
    }

    /** One function for each method {@code add}. */
    UserFunctionSet functions() {
        Method merge = only("merge", 1);
        if (merge.getParameterTypes()[0] != type) {
            throw Calls.bad(merge, "it does not take another " + type.getSimpleName());
        }
        Method result = only("result", 0);
        MethodHandle constructor = constructor();
        DataType returnType = Calls.type(
                result, result.getGenericReturnType(), result.getAnnotation(SqlType.class), "the result", values);
        List<AggregateFunction> functions = new ArrayList<>();
        for (Method add : methods("add")) {
            Shape shape = shape(constructor, add, merge, result);
            Description description = type.getAnnotation(Description.class);
            functions.add(new AggregateFunction(
                    name,
                    shape.parameters(),
                    returnType,
                    false,
                    description == null ? "" : description.value(),
                    type.getName(),
                    () -> new State(shape)));
        }
        return new UserFunctionSet(List.of(), functions, List.of());
    }

    private MethodHandle constructor() {
        try {
            return Calls.spread(type.getConstructor());
        } catch (NoSuchMethodException e) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION,
                    "Cannot load function " + type.getName() + ": it has no public constructor without parameters",
                    e);
        }
    }

    private Shape shape(MethodHandle constructor, Method add, Method merge, Method result) {
        List<Field> parameters = new ArrayList<>();
        List<JavaValues.Conversion> readers = new ArrayList<>();
        for (Parameter parameter : add.getParameters()) {
            Field field = Calls.field(
                    add, parameter, parameter.getParameterizedType(), MethodLoader.takesNull(parameter), values);
            parameters.add(field);
            readers.add(values.toJava(
                    parameter.getParameterizedType(), field.type(), "parameter " + field.name() + " of " + name));
        }
        JavaValues.Conversion writer = result.isAnnotationPresent(SqlType.class)
                ? value -> value
                : values.toColumn(result.getGenericReturnType(), "the result of " + name);
        return new Shape(
                name,
                parameters,
                constructor,
                Calls.spread(add),
                Calls.spread(merge),
                Calls.spread(result),
                readers,
                writer);
    }

    private Method only(String method, int parameters) {
        List<Method> found = methods(method).stream()
                .filter(candidate -> candidate.getParameterCount() == parameters)
                .toList();
        if (found.size() != 1) {
            throw missing(method, parameters);
        }
        return found.get(0);
    }

    private List<Method> methods(String method) {
        List<Method> found = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(method)
                        && !Modifier.isStatic(candidate.getModifiers())
                        && !candidate.isBridge())
                .toList();
        if (found.isEmpty()) {
            throw missing(method, -1);
        }
        return found;
    }

    private DatasetDbException missing(String method, int parameters) {
        String many = parameters < 0 ? "" : parameters == 0 ? " without parameters" : " with one parameter";
        return new DatasetDbException(
                UdfError.BAD_FUNCTION,
                "Cannot load function " + type.getName() + ": it has no public method " + method + many);
    }

    private record Shape(
            String name,
            List<Field> parameters,
            MethodHandle constructor,
            MethodHandle add,
            MethodHandle merge,
            MethodHandle result,
            List<JavaValues.Conversion> readers,
            JavaValues.Conversion writer) {}

    private static final class State implements AggregateState {
        private final Shape shape;
        private final @Nullable Object group;

        State(Shape shape) {
            this.shape = shape;
            this.group = Calls.call(shape.constructor(), shape.name());
        }

        @Override
        public void add(List<Vector> arguments, int position) {
            @Nullable Object[] call = new @Nullable Object[1 + arguments.size()];
            call[0] = group;
            List<@Nullable Object> row = new ArrayList<>(arguments.size());
            for (int i = 0; i < arguments.size(); i++) {
                Object value = arguments.get(i).getObject(position);
                if (value == null && !shape.parameters().get(i).nullable()) {
                    return;
                }
                row.add(value);
                call[1 + i] = value == null ? null : shape.readers().get(i).of(value);
            }
            Calls.call(shape.add(), Calls.shown(shape.name(), row), call);
        }

        @Override
        public void merge(AggregateState other) {
            Calls.call(shape.merge(), shape.name(), group, ((State) other).group);
        }

        @Override
        public @Nullable Object result() {
            return shape.writer().of(Calls.call(shape.result(), shape.name(), group));
        }
    }
}
