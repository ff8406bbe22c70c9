// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.VectorFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Calls a row method once a position. The method handle is composed once with the readers of its arguments and the writer
 * of its result, so that a call passes no boxed values whatever the method's shape.
 */
public final class RowBody implements VectorFunction {
    private static final int LONGEST_SHOWN = 100;

    private final String name;
    private final DataType returnType;
    private final Carrier result;
    private final int arity;
    /** (ResultColumn, int, Argument, ...) for up to two arguments, else (ResultColumn, int, Argument[]). */
    private final MethodHandle call;

    /**
     * @param name the function's name, for messages
     * @param method the method, bound to its receiver if it has one
     */
    public RowBody(String name, DataType returnType, MethodHandle method) {
        this.name = name;
        this.returnType = returnType;
        this.arity = method.type().parameterCount();
        this.result = Carrier.of(method.type().returnType());
        this.call = compose(method, result);
    }

    @Override
    public Vector apply(List<Vector> arguments, Selection selection, int rowCount) {
        ResultColumn column = ResultColumn.of(returnType, result, rowCount);
        Argument[] readers = arguments.stream().map(Argument::new).toArray(Argument[]::new);
        int i = 0;
        try {
            switch (arity) {
                case 1 -> {
                    for (; i < selection.size(); i++) {
                        call.invokeExact(column, selection.position(i), readers[0]);
                    }
                }
                case 2 -> {
                    for (; i < selection.size(); i++) {
                        call.invokeExact(column, selection.position(i), readers[0], readers[1]);
                    }
                }
                default -> {
                    for (; i < selection.size(); i++) {
                        call.invokeExact(column, selection.position(i), readers);
                    }
                }
            }
        } catch (DatasetDbException | VirtualMachineError e) {
            if (e instanceof StackOverflowError) {
                throw failed(arguments, selection.position(i), e);
            }
            throw e;
        } catch (Throwable e) {
            throw failed(arguments, selection.position(i), e);
        }
        return column.build();
    }

    private DatasetDbException failed(List<Vector> arguments, int position, Throwable cause) {
        String call = arguments.stream()
                .map(argument -> show(argument.getObject(position)))
                .collect(Collectors.joining(", ", name + "(", ")"));
        return new DatasetDbException(
                UdfError.FUNCTION_FAILED, "Cannot call " + call + ": " + Thrown.text(cause), cause);
    }

    private static String show(@org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
        if (text.length() > LONGEST_SHOWN) {
            text = text.substring(0, LONGEST_SHOWN) + "…";
        }
        return value instanceof String ? "'" + text + "'" : text;
    }

    private static MethodHandle compose(MethodHandle method, Carrier result) {
        int arity = method.type().parameterCount();
        MethodHandle handle = method;
        for (int i = arity - 1; i >= 0; i--) {
            handle = MethodHandles.collectArguments(
                    handle, i, reader(method.type().parameterType(i)));
        }
        handle = MethodHandles.collectArguments(writer(result, method.type().returnType()), 2, handle);
        // Now (ResultColumn, int, Argument, int, Argument, int, ...): all positions are the same one.
        MethodType shared = MethodType.methodType(void.class, ResultColumn.class, int.class);
        int[] order = new int[2 + 2 * arity];
        order[1] = 1;
        for (int i = 0; i < arity; i++) {
            shared = shared.appendParameterTypes(Argument.class);
            order[2 + 2 * i] = 2 + i;
            order[3 + 2 * i] = 1;
        }
        handle = MethodHandles.permuteArguments(handle, shared, order);
        return arity == 1 || arity == 2 ? handle : handle.asSpreader(Argument[].class, arity);
    }

    private static MethodHandle reader(Class<?> javaClass) {
        return switch (Carrier.of(javaClass)) {
            case BOOLEAN -> read("readBoolean", boolean.class);
            case INT -> read("readInt", int.class);
            case BYTE, SHORT ->
                MethodHandles.explicitCastArguments(
                        read("readInt", int.class), MethodType.methodType(javaClass, Argument.class, int.class));
            case LONG -> read("readLong", long.class);
            case FLOAT -> read("readFloat", float.class);
            case DOUBLE -> read("readDouble", double.class);
            case STRING -> read("readString", String.class);
            case BYTES -> read("readBytes", byte[].class);
            case FLOATS -> read("readFloats", float[].class);
            case DOUBLES -> read("readDoubles", double[].class);
            case OBJECT ->
                read("readObject", Object.class).asType(MethodType.methodType(javaClass, Argument.class, int.class));
        };
    }

    private static MethodHandle read(String reader, Class<?> type) {
        try {
            return MethodHandles.lookup().findVirtual(Argument.class, reader, MethodType.methodType(type, int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(reader, e);
        }
    }

    private static MethodHandle writer(Carrier carrier, Class<?> returned) {
        return switch (carrier) {
            case BOOLEAN -> write(ResultColumn.Booleans.class, boolean.class, returned);
            case BYTE, SHORT, INT -> write(ResultColumn.Ints.class, int.class, returned);
            case LONG -> write(ResultColumn.Longs.class, long.class, returned);
            case FLOAT -> write(ResultColumn.Floats.class, float.class, returned);
            case DOUBLE -> write(ResultColumn.Doubles.class, double.class, returned);
            case STRING -> write(ResultColumn.Bytes.class, String.class, returned);
            case BYTES -> write(ResultColumn.Bytes.class, byte[].class, returned);
            case FLOATS, DOUBLES, OBJECT -> write(ResultColumn.Objects.class, Object.class, returned);
        };
    }

    private static MethodHandle write(Class<?> column, Class<?> value, Class<?> returned) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(column, "put", MethodType.methodType(void.class, int.class, value))
                    .asType(MethodType.methodType(void.class, ResultColumn.class, int.class, returned));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(column.getName(), e);
        }
    }
}
