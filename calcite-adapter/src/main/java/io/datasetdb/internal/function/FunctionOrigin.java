// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import io.datasetdb.RowFunction;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a function says of itself.
 *
 * @param name class and method: {@code com.acme.Embeddings::embed}
 * @param hash SHA-256 of the class file that it is in
 * @param input the type of its parameter; {@code Object} if it does not tell
 * @param output the type of its result; {@code Object} if it does not tell
 */
public record FunctionOrigin(String name, String hash, Type input, Type output) {
    /** Asks a method reference or lambda, or else its class. */
    public static FunctionOrigin of(RowFunction<?, ?> function) {
        SerializedLambda lambda = lambda(function);
        if (lambda == null) {
            return ofClass(function.getClass());
        }
        ClassLoader loader = ClassHash.loader(function.getClass());
        String owner = lambda.getImplClass().replace('/', '.');
        MethodType erased = MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader);
        Type input = erased.parameterType(0);
        Type output = erased.returnType();
        Executable method = method(lambda, loader);
        if (method != null) {
            Type told = input(method, lambda);
            input = told == null ? input : told;
            output = method instanceof Method plain && isTold(plain.getGenericReturnType())
                    ? plain.getGenericReturnType()
                    : output;
        }
        String methodName = lambda.getImplMethodName().equals("<init>") ? "new" : lambda.getImplMethodName();
        return new FunctionOrigin(owner + "::" + methodName, ClassHash.of(owner, loader), input, output);
    }

    static @Nullable SerializedLambda lambda(RowFunction<?, ?> function) {
        try {
            Method replace = function.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return replace.invoke(function) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static FunctionOrigin ofClass(Class<?> type) {
        Type input = Object.class;
        Type output = Object.class;
        for (Type implemented : type.getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType parameterized
                    && parameterized.getRawType() == RowFunction.class) {
                input = parameterized.getActualTypeArguments()[0];
                output = parameterized.getActualTypeArguments()[1];
            }
        }
        return new FunctionOrigin(type.getName(), ClassHash.of(type), input, output);
    }

    private static @Nullable Executable method(SerializedLambda lambda, ClassLoader loader) {
        try {
            Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
            Class<?>[] parameters = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader)
                    .parameterArray();
            if (lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
                return owner.getDeclaredConstructor(parameters);
            }
            return Arrays.stream(owner.getDeclaredMethods())
                    .filter(method -> method.getName().equals(lambda.getImplMethodName())
                            && Arrays.equals(method.getParameterTypes(), parameters))
                    .findFirst()
                    .orElse(null);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return null;
        }
    }

    /** The type of the parameter that is the row; {@code null} if the method does not say more than the lambda. */
    private static @Nullable Type input(Executable method, SerializedLambda lambda) {
        Type[] parameters = method.getGenericParameterTypes();
        boolean onInstance = switch (lambda.getImplMethodKind()) {
            case MethodHandleInfo.REF_invokeVirtual,
                    MethodHandleInfo.REF_invokeInterface,
                    MethodHandleInfo.REF_invokeSpecial -> true;
            default -> false;
        };
        int index = lambda.getCapturedArgCount() - (onInstance ? 1 : 0);
        if (index < 0 || index >= parameters.length) {
            return null;
        }
        return isTold(parameters[index]) ? parameters[index] : null;
    }

    private static boolean isTold(Type type) {
        return type instanceof ParameterizedType || type instanceof Class<?> plain && plain != Object.class;
    }

    /** Name for people: the class without its package. */
    public String shortName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
