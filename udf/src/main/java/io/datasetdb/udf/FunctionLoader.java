// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes functions of annotated Java methods; see {@link io.datasetdb.udf.annotation.ScalarFunction} for their two shapes.
 *
 * <p>NULL: a primitive parameter, and one of a class like String or List, is strict: where the argument is NULL the method
 * is not called and the result is NULL. A boxed parameter ({@code Long}) and one annotated {@code @Nullable} (anybody's
 * annotation of that name that is kept at run time) get {@code null}. A row method may return {@code null} unless its
 * result is primitive; a vector method may return NULLs if it is annotated {@code @Nullable}.
 *
 * <p>Types: the natural type of the Java type ({@code long} BIGINT, {@code String} VARCHAR, {@code Instant} TIMESTAMP WITH
 * LOCAL TIME ZONE, {@code float[]} REAL ARRAY …) or what {@link SqlType} says, which BigDecimal always needs.
 */
public final class FunctionLoader {
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

    private FunctionLoader() {}

    /**
     * The functions that the annotated public static methods of a class make, sorted by name.
     *
     * @throws DatasetDbException with {@link UdfError#BAD_FUNCTION} if there are none or one cannot be a function
     */
    public static List<ScalarFunction> load(Class<?> functions) {
        return load(functions, null);
    }

    /** As {@link #load(Class)} for the instance methods of an object that brings what its functions need. */
    public static List<ScalarFunction> loadInstance(Object functions) {
        return load(functions.getClass(), functions);
    }

    /**
     * The functions that the public static methods of one name make, annotated or not; an annotation's name counts like the
     * method's.
     *
     * @param method the Java name, or a name in an annotation, without regard to case
     * @param name how SQL calls them
     * @throws DatasetDbException with {@link UdfError#BAD_FUNCTION} if there are none or one cannot be a function
     */
    public static List<ScalarFunction> load(Class<?> functions, String method, String name) {
        List<ScalarFunction> result = new ArrayList<>();
        Set<String> others = new TreeSet<>();
        for (Method candidate : functions.getDeclaredMethods()) {
            MethodLoader loader = new MethodLoader(functions, candidate, null, null);
            boolean callable =
                    Modifier.isPublic(candidate.getModifiers()) && Modifier.isStatic(candidate.getModifiers());
            boolean wanted = candidate.getName().equalsIgnoreCase(method)
                    || loader.names().stream().anyMatch(method::equalsIgnoreCase);
            if (callable && wanted) {
                result.addAll(new MethodLoader(functions, candidate, null, name).functions());
            } else if (callable) {
                others.add(candidate.getName());
            }
        }
        if (result.isEmpty()) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION,
                    "Cannot load functions: the class has no public static method " + method
                            + NearestName.of(method, others)
                                    .map(nearest -> ", did you mean " + nearest + "?")
                                    .orElse("")
                            + " (" + functions.getName() + ")");
        }
        return result;
    }

    private static List<ScalarFunction> load(Class<?> functions, @Nullable Object receiver) {
        List<ScalarFunction> result = new ArrayList<>();
        Stream.of(functions.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(io.datasetdb.udf.annotation.ScalarFunction.class))
                .sorted(Comparator.comparing(Method::toGenericString))
                .forEach(method -> result.addAll(new MethodLoader(functions, method, receiver, null).functions()));
        if (result.isEmpty()) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION,
                    "Cannot load functions: no public static method has the annotation @ScalarFunction ("
                            + functions.getName() + ")");
        }
        result.sort(Comparator.comparing(ScalarFunction::name));
        return List.copyOf(result);
    }

    /** Loads one method, which may be several functions: one a name and one a type that its type parameter stands for. */
    private static final class MethodLoader {
        private final Class<?> owner;
        private final Method method;
        private final @Nullable Object receiver;
        private final @Nullable String name;
        private final boolean vectors;

        /** @param name how SQL calls it; {@code null} for what the method says */
        MethodLoader(Class<?> owner, Method method, @Nullable Object receiver, @Nullable String name) {
            this.name = name;
            this.owner = owner;
            this.method = method;
            this.receiver = receiver;
            this.vectors = method.getReturnType() == Vector.class;
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
                    Carrier.naturalType(method.getGenericReturnType()),
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
            VectorFunction body = vectors ? new VectorBody(name, handle()) : new RowBody(name, returnType, handle());
            return new FoldingBody(body, returnType, strict, deterministic);
        }

        private MethodHandle handle() {
            try {
                MethodHandle handle =
                        MethodHandles.publicLookup().unreflect(method).asFixedArity();
                return receiver == null ? handle : handle.bindTo(receiver);
            } catch (IllegalAccessException e) {
                throw bad("the class is not public");
            }
        }

        private List<String> names() {
            if (name != null) {
                return List.of(name);
            }
            var annotation = method.getAnnotation(io.datasetdb.udf.annotation.ScalarFunction.class);
            String[] names = annotation == null ? new String[0] : annotation.value();
            if (names.length == 0) {
                return List.of(method.getName()
                        .replaceAll("(?<=[a-z0-9])([A-Z])", "_$1")
                        .toLowerCase(Locale.ROOT));
            }
            return Arrays.stream(names)
                    .map(name -> name.toLowerCase(Locale.ROOT))
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
                        Carrier.naturalType(parameter.getParameterizedType()),
                        "parameter " + parameter.getName(),
                        variables);
                boolean nullable = isBoxed(parameter.getType())
                        || isNullable(parameter.getAnnotations())
                        || isNullable(parameter.getAnnotatedType().getAnnotations());
                fields.add(new Field(parameter.getName(), type, nullable));
            }
            return fields;
        }

        private DataType type(
                Class<?> javaClass,
                @Nullable SqlType declared,
                Optional<DataType> natural,
                String what,
                Map<String, DataType> variables) {
            if (declared == null) {
                return natural.orElseThrow(() -> bad(what + " needs @SqlType (" + javaClass.getName() + ")"));
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
}
