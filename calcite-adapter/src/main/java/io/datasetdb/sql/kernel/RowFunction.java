// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one row's values as Java objects: the fallback for the long tail, at the cost of boxing. What the body throws,
 * other than a {@link DatasetDbException}, becomes {@link KernelError#FUNCTION_FAILED} and names the function.
 */
public final class RowFunction {
    private RowFunction() {}

    /** What a function does; values are of the Java types that {@link DataType} lists, {@code null} for NULL. */
    @FunctionalInterface
    public interface Body {
        @Nullable
        Object apply(@Nullable Object[] arguments) throws Exception;
    }

    /** A deterministic function that is also called with NULL arguments. */
    public static Expression of(String name, List<Expression> arguments, DataType result, Body body) {
        return of(name, arguments, result, new boolean[arguments.size()], true, body);
    }

    /** As {@link VectorCall#of(String, List, DataType, boolean[], boolean, VectorCall.Body)}. */
    public static Expression of(
            String name,
            List<Expression> arguments,
            DataType result,
            boolean[] strict,
            boolean deterministic,
            Body body) {
        return VectorCall.of(
                name,
                arguments,
                result,
                strict,
                deterministic,
                (values, selection, rowCount) -> run(name, result, body, values, selection, rowCount));
    }

    private static Vector run(
            String name, DataType result, Body body, List<Vector> values, Selection selection, int rowCount) {
        VectorBuilder builder = VectorBuilder.of(result, rowCount);
        int next = 0;
        for (int p = 0; p < rowCount; p++) {
            if (next < selection.size() && selection.position(next) == p) {
                next++;
                @Nullable Object[] arguments = new @Nullable Object[values.size()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = values.get(i).getObject(p);
                }
                append(name, builder, call(name, body, arguments));
            } else {
                builder.appendNull();
            }
        }
        return builder.build();
    }

    private static @Nullable Object call(String name, Body body, @Nullable Object[] arguments) {
        try {
            return body.apply(arguments);
        } catch (DatasetDbException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new DatasetDbException(KernelError.FUNCTION_FAILED, "Cannot call " + name + ": " + reason(e), e);
        }
    }

    /** The first line of what went wrong first. */
    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    private static void append(String name, VectorBuilder builder, @Nullable Object value) {
        try {
            builder.append(value);
        } catch (ClassCastException | ArithmeticException e) {
            throw new DatasetDbException(
                    KernelError.FUNCTION_FAILED,
                    "Cannot call " + name + ": its result is no "
                            + builder.type().sql() + " (" + value + ")",
                    e);
        }
    }
}
