// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;

/** Java types with their arguments. */
public final class JavaTypes {
    private JavaTypes() {}

    /** The class behind a type; {@code where} says in an error whose type it is. */
    public static Class<?> raw(Type type, String where) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0], where);
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType(), where), 0)
                    .getClass();
        }
        throw unsupported(type, where);
    }

    /** The class as an object may have it: {@code Integer} for {@code int}. */
    public static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    /** A type argument of {@code List<String>} and the like. */
    public static Type argument(Type type, int index, String where) {
        if (type instanceof WildcardType wildcard) {
            return argument(wildcard.getUpperBounds()[0], index, where);
        }
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getActualTypeArguments()[index];
        }
        throw new DatasetDbException(
                ProgramError.UNSUPPORTED_TYPE,
                "Cannot use " + where + ": the type of its elements is not known (" + type.getTypeName() + ")");
    }

    static Type component(Type arrayType, Class<?> raw) {
        return arrayType instanceof GenericArrayType generic
                ? generic.getGenericComponentType()
                : raw.getComponentType();
    }

    static DatasetDbException unsupported(Type type, String where) {
        return new DatasetDbException(
                ProgramError.UNSUPPORTED_TYPE,
                "Cannot use " + where + ": its Java type has no column type (" + type.getTypeName() + ")");
    }
}
