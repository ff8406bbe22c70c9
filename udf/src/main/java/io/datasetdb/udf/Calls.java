// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.udf.internal.call.Carrier;
import io.datasetdb.udf.internal.call.Thrown;
import io.datasetdb.udf.internal.text.TypeText;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls of Java methods that are given their arguments in an array. */
final class Calls {
    private static final int LONGEST_SHOWN = 100;

    private Calls() {}

    /** A conversion as a method that takes and answers objects, the one that it answers of a class. */
    static MethodHandle conversion(JavaValues.Conversion conversion, Class<?> result) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(JavaValues.Conversion.class, "of", MethodType.methodType(Object.class, Object.class))
                    .bindTo(conversion)
                    .asType(MethodType.methodType(result, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A method, or constructor, that takes an array of its receiver, if it has one, and its arguments. */
    static MethodHandle spread(Executable executable) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle handle = executable instanceof Method method
                    ? lookup.unreflect(method)
                    : lookup.unreflectConstructor((java.lang.reflect.Constructor<?>) executable);
            int count = handle.type().parameterCount();
            return handle.asFixedArity()
                    .asType(MethodType.genericMethodType(count))
                    .asSpreader(Object[].class, count);
        } catch (IllegalAccessException e) {
            throw bad(executable, "it is not public, or its class is not");
        }
    }

    /** Calls a method that {@link #spread} made; what it throws is an error that names the function. */
    static @Nullable Object call(MethodHandle handle, String function, @Nullable Object... arguments) {
        try {
            return (@Nullable Object) handle.invokeExact(arguments);
        } catch (DatasetDbException e) {
            throw e;
        } catch (VirtualMachineError e) {
            if (e instanceof StackOverflowError) {
                throw failed(function, e);
            }
            throw e;
        } catch (Throwable e) {
            throw failed(function, e);
        }
    }

    static DatasetDbException failed(String function, Throwable cause) {
        return new DatasetDbException(
                UdfError.FUNCTION_FAILED, "Cannot call " + function + ": " + Thrown.text(cause), cause);
    }

    /** A call as a message shows it. */
    static String shown(String function, List<? extends @Nullable Object> arguments) {
        return arguments.stream()
                .map(value -> {
                    String text = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
                    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
                })
                .collect(Collectors.joining(", ", function + "(", ")"));
    }

    static DatasetDbException bad(Executable executable, String reason) {
        return new DatasetDbException(
                UdfError.BAD_FUNCTION,
                "Cannot load function " + executable.getDeclaringClass().getName()
                        + (executable instanceof Method ? "." + executable.getName() : "") + ": " + reason);
    }

    /** The SQL type of a parameter or result. */
    static DataType type(
            Executable executable, Type javaType, @Nullable SqlType declared, String what, JavaValues values) {
        if (declared != null) {
            return TypeText.parse(declared.value(), Map.of());
        }
        Optional<DataType> known = Carrier.naturalType(javaType).or(() -> values.type(javaType));
        return known.orElseThrow(() -> bad(executable, what + " needs @SqlType (" + javaType.getTypeName() + ")"));
    }

    /** The field that a parameter is. */
    static Field field(Method method, Parameter parameter, Type javaType, boolean nullable, JavaValues values) {
        DataType type = type(
                method, javaType, parameter.getAnnotation(SqlType.class), "parameter " + parameter.getName(), values);
        return new Field(parameter.getName(), type, nullable);
    }
}
