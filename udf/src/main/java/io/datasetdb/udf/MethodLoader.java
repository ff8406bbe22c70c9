// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.NotDeterministic;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.udf.annotation.TypeParameter;
import io.datasetdb.udf.internal.call.Carrier;
import io.datasetdb.udf.internal.call.FoldingBody;
import io.datasetdb.udf.internal.call.RowBody;
import io.datasetdb.udf.internal.call.VectorBody;
import io.datasetdb.udf.internal.text.TypeText;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads one method, which may be several functions: one a name and one a type that its type parameter stands for. */
final class MethodLoader {
    /** What a {@link TypeParameter} stands for. */
    private static final List<DataType> SIMPLE_TYPES = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_LTZ,
            DataType.UUID);

    private final Class<?> owner;
    private final Method method;
    private final @Nullable Object receiver;
    private final @Nullable String name;
    private final boolean vectors;
    private final JavaValues values;

    /** @param name how SQL calls it; {@code null} for what the method says */
    MethodLoader(Class<?> owner, Method method, @Nullable Object receiver, @Nullable String name, JavaValues values) {
        this.values = values;
        this.name = name;
        this.owner = owner;
        this.method = method;
        this.receiver = receiver;
        this.vectors = method.getReturnType() == Vector.class;
    }

    /** Whether the method or an annotation of it has a name. */
    boolean isNamed(String wanted) {
        return method.getName().equalsIgnoreCase(wanted) || annotated().stream().anyMatch(wanted::equalsIgnoreCase);
    }

    private List<String> annotated() {
        var scalar = method.getAnnotation(io.datasetdb.udf.annotation.ScalarFunction.class);
        var aggregate = method.getAnnotation(io.datasetdb.udf.annotation.AggregateFunction.class);
        var table = method.getAnnotation(io.datasetdb.udf.annotation.TableFunction.class);
        List<String> names = new ArrayList<>();
        if (scalar != null) {
            names.addAll(List.of(scalar.value()));
        }
        if (aggregate != null) {
            names.addAll(List.of(aggregate.value()));
        }
        if (table != null) {
            names.addAll(List.of(table.value()));
        }
        if (names.isEmpty()) {
            names.add(snakeCase(method.getName()));
        }
        return names;
    }

    /** How SQL writes a Java name. */
    static String snakeCase(String javaName) {
        return javaName.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The functions of the kind that the method's annotation says, scalar ones without any. */
    UserFunctionSet set() {
        String called = names().get(0);
        if (method.isAnnotationPresent(io.datasetdb.udf.annotation.AggregateFunction.class)) {
            return new UserFunctionSet(
                    List.of(), List.of(new AggregateMethod(owner, method, called, values).function()), List.of());
        }
        if (method.isAnnotationPresent(io.datasetdb.udf.annotation.TableFunction.class)) {
            return new UserFunctionSet(List.of(), List.of(), List.of(new MethodTable(method, called, values)));
        }
        return new UserFunctionSet(functions(), List.of(), List.of());
    }

    List<ScalarFunction> functions() {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        if (!Modifier.isPublic(method.getModifiers()) || isStatic != (receiver == null)) {
            throw bad("the method is not public" + (receiver == null ? " and static" : " or is static"));
        }
        TypeParameter typeParameter = method.getAnnotation(TypeParameter.class);
        if (typeParameter == null) {
            return functions(Map.of());
        }
        List<ScalarFunction> result = new ArrayList<>();
        for (DataType type : SIMPLE_TYPES) {
            result.addAll(functions(Map.of(typeParameter.value(), type)));
        }
        return result;
    }

    private List<ScalarFunction> functions(Map<String, DataType> variables) {
        List<Field> parameters = parameters(variables);
        DataType returnType = type(
                method.getReturnType(),
                method.getAnnotation(SqlType.class),
                method.getGenericReturnType(),
                "its result",
                variables);
        boolean deterministic = !method.isAnnotationPresent(NotDeterministic.class);
        List<String> names = names();
        List<ScalarFunction> result = new ArrayList<>();
        for (String name : names) {
            result.add(new ScalarFunction(
                    name,
                    parameters,
                    returnType,
                    returnsNull(),
                    deterministic,
                    text(Description.class, Description::value),
                    text(Example.class, Example::value).replace(names.get(0) + "(", name + "("),
                    owner.getName(),
                    body(name, parameters, returnType, deterministic)));
        }
        return result;
    }

    private VectorFunction body(String name, List<Field> parameters, DataType returnType, boolean deterministic) {
        boolean[] strict = new boolean[parameters.size()];
        for (int i = 0; i < strict.length; i++) {
            strict[i] = !parameters.get(i).nullable();
        }
        VectorFunction body = vectors
                ? new VectorBody(name, handle())
                : new RowBody(name, returnType, converting(handle(), parameters));
        return new FoldingBody(body, returnType, strict, deterministic);
    }

    /** With conversions where the method wants what no column holds. */
    private MethodHandle converting(MethodHandle handle, List<Field> parameters) {
        MethodHandle result = handle;
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = method.getParameters()[i];
            if (isForeign(parameter.getParameterizedType(), parameter.getAnnotation(SqlType.class))) {
                Field field = parameters.get(i);
                JavaValues.Conversion conversion = values.toJava(
                        parameter.getParameterizedType(),
                        field.type(),
                        "parameter " + field.name() + " of " + method.getName());
                result = MethodHandles.filterArguments(result, i, Calls.conversion(conversion, parameter.getType()));
            }
        }
        if (!isForeign(method.getGenericReturnType(), method.getAnnotation(SqlType.class))) {
            return result;
        }
        JavaValues.Conversion conversion =
                values.toColumn(method.getGenericReturnType(), "the result of " + method.getName());
        return MethodHandles.filterReturnValue(
                result.asType(result.type().changeReturnType(Object.class)),
                Calls.conversion(conversion, Object.class));
    }

    private static boolean isForeign(Type type, @Nullable SqlType declared) {
        return declared == null && Carrier.naturalType(type).isEmpty();
    }

    private MethodHandle handle() {
        try {
            MethodHandle handle = MethodHandles.publicLookup().unreflect(method).asFixedArity();
            return receiver == null ? handle : handle.bindTo(receiver);
        } catch (IllegalAccessException e) {
            throw bad("the class is not public");
        }
    }

    private List<String> names() {
        return name != null
                ? List.of(name)
                : annotated().stream()
                        .map(known -> known.toLowerCase(Locale.ROOT))
                        .toList();
    }

    private List<Field> parameters(Map<String, DataType> variables) {
        Parameter[] parameters = method.getParameters();
        int count = vectors ? parameters.length - 2 : parameters.length;
        if (vectors
                && (count < 0
                        || parameters[count].getType() != Selection.class
                        || parameters[count + 1].getType() != int.class)) {
            throw bad("a vector method ends with a Selection and the row count as int");
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Parameter parameter = parameters[i];
            DataType type = type(
                    parameter.getType(),
                    parameter.getAnnotation(SqlType.class),
                    parameter.getParameterizedType(),
                    "parameter " + parameter.getName(),
                    variables);
            fields.add(new Field(parameter.getName(), type, takesNull(parameter)));
        }
        return fields;
    }

    private DataType type(
            Class<?> javaClass,
            @Nullable SqlType declared,
            Type javaType,
            String what,
            Map<String, DataType> variables) {
        Optional<DataType> natural = Carrier.naturalType(javaType);
        if (declared == null) {
            return natural.or(() -> values.type(javaType))
                    .orElseThrow(() -> bad(what + " needs @SqlType (" + javaClass.getName() + ")"));
        }
        DataType type = TypeText.parse(declared.value(), variables);
        if (vectors ? javaClass != Vector.class : !Carrier.fits(javaClass, type)) {
            throw bad(what + " cannot hold " + type.sql() + " (" + javaClass.getName() + ")");
        }
        return type;
    }

    private boolean returnsNull() {
        return vectors
                ? isNullable(method.getAnnotations())
                        || isNullable(method.getAnnotatedReturnType().getAnnotations())
                : !method.getReturnType().isPrimitive();
    }

    private <A extends Annotation> String text(Class<A> annotation, java.util.function.Function<A, String> value) {
        A found = method.getAnnotation(annotation);
        return found == null ? "" : value.apply(found);
    }

    /** Whether a method is called where the argument is NULL. */
    static boolean takesNull(Parameter parameter) {
        return isBoxed(parameter.getType())
                || isNullable(parameter.getAnnotations())
                || isNullable(parameter.getAnnotatedType().getAnnotations());
    }

    private static boolean isBoxed(Class<?> javaClass) {
        return Number.class.isAssignableFrom(javaClass)
                        && javaClass.getPackageName().equals("java.lang")
                || javaClass == Boolean.class;
    }

    private static boolean isNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    private DatasetDbException bad(String reason) {
        return new DatasetDbException(
                UdfError.BAD_FUNCTION,
                "Cannot load function " + owner.getName() + "." + method.getName() + ": " + reason);
    }
}
