// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.udf.annotation.SqlType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 * LOCAL TIME ZONE, {@code float[]} REAL ARRAY …) or what {@link SqlType} says, which BigDecimal always needs. What a
 * record, a list of them and the like mean says {@link JavaValues}.
 */
public final class FunctionLoader {
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
     * The functions of one name that a class holds: its public static methods, annotated or not; its public static classes that
     * are annotated as aggregate functions; or the class itself, if it is one. An annotation's name counts like the method's.
     *
     * @param member the Java name, or a name in an annotation, without regard to case
     * @param name how SQL calls them
     * @param values what Java types other than those of columns mean
     * @throws DatasetDbException with {@link UdfError#BAD_FUNCTION} if there are none or one cannot be a function
     */
    public static UserFunctionSet load(Class<?> functions, String member, String name, JavaValues values) {
        if (AggregateClass.is(functions)) {
            return new AggregateClass(functions, name, values).functions();
        }
        UserFunctionSet result = new UserFunctionSet(List.of(), List.of(), List.of());
        Set<String> others = new TreeSet<>();
        for (Class<?> inner : functions.getDeclaredClasses()) {
            if (AggregateClass.is(inner) && AggregateClass.names(inner).stream().anyMatch(member::equalsIgnoreCase)) {
                result = result.and(new AggregateClass(inner, name, values).functions());
            }
        }
        for (Method candidate : functions.getDeclaredMethods()) {
            MethodLoader loader = new MethodLoader(functions, candidate, null, name, values);
            boolean callable =
                    Modifier.isPublic(candidate.getModifiers()) && Modifier.isStatic(candidate.getModifiers());
            if (callable && loader.isNamed(member)) {
                result = result.and(loader.set());
            } else if (callable) {
                others.add(candidate.getName());
            }
        }
        if (result.isEmpty()) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION,
                    "Cannot load functions: the class has no public static method " + member
                            + NearestName.of(member, others)
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
                .forEach(method -> result.addAll(
                        new MethodLoader(functions, method, receiver, null, JavaValues.NONE).functions()));
        if (result.isEmpty()) {
            throw new DatasetDbException(
                    UdfError.BAD_FUNCTION,
                    "Cannot load functions: no public static method has the annotation @ScalarFunction ("
                            + functions.getName() + ")");
        }
        result.sort(Comparator.comparing(ScalarFunction::name));
        return List.copyOf(result);
    }
}
