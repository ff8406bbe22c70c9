// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import io.datasetdb.ProgramError;
import io.datasetdb.RowFunction;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.checkpoint.CallMemory;
import io.datasetdb.internal.checkpoint.RememberedFunction;
import io.datasetdb.internal.record.RowReader;
import io.datasetdb.udf.VectorFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a function of the program for the rows of a batch, by several threads; results keep the order of the rows. */
final class FunctionBody implements RememberedFunction {
    /** Makes a column's value of what the function answered. */
    interface Conversion {
        @Nullable
        Object of(@Nullable Object result);
    }

    private final JavaFunction function;
    private final DataType type;
    private final RowReader reader;
    private final Conversion conversion;
    private final Workers workers;
    private final @Nullable CallMemory memory;

    FunctionBody(JavaFunction function, DataType type, RowReader reader, Conversion conversion, Workers workers) {
        this(function, type, reader, conversion, workers, null);
    }

    private FunctionBody(
            JavaFunction function,
            DataType type,
            RowReader reader,
            Conversion conversion,
            Workers workers,
            @Nullable CallMemory memory) {
        this.function = function;
        this.type = type;
        this.reader = reader;
        this.conversion = conversion;
        this.workers = workers;
        this.memory = memory;
    }

    @Override
    public Optional<String> identity() {
        return FunctionIdentity.of(function.function());
    }

    @Override
    public VectorFunction remembering(CallMemory known) {
        return new FunctionBody(function, type, reader, conversion, workers, known);
    }

    @Override
    public Vector apply(List<Vector> arguments, Selection selection, int rowCount) {
        @Nullable Object[] results = new @Nullable Object[rowCount];
        workers.forEach(selection.size(), i -> {
            int position = selection.position(i);
            results[position] =
                    memory == null ? call(arguments, position) : memory.result(arguments, position, this::call);
        });
        VectorBuilder builder = VectorBuilder.of(type, rowCount);
        for (int i = 0; i < rowCount; i++) {
            try {
                builder.append(results[i]);
            } catch (ArithmeticException e) {
                throw failed(arguments, i, e);
            }
        }
        return builder.build();
    }

    /** A function may be given null and answer it, whatever its types say. */
    @SuppressWarnings({"unchecked", "NullAway"})
    private @Nullable Object call(List<Vector> arguments, int position) {
        Object input = reader.read(arguments, position);
        try {
            return conversion.of(((RowFunction<@Nullable Object, @Nullable Object>) function.function()).apply(input));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(arguments, position, e);
        } catch (VirtualMachineError e) {
            if (e instanceof StackOverflowError) {
                throw failed(arguments, position, e);
            }
            throw e;
        } catch (Throwable e) {
            throw failed(arguments, position, e);
        }
    }

    private DatasetDbException failed(List<Vector> arguments, int position, Throwable cause) {
        List<@Nullable Object> row = new ArrayList<>();
        arguments.forEach(argument -> row.add(argument.getObject(position)));
        return new DatasetDbException(
                ProgramError.FUNCTION_FAILED,
                "Cannot call " + function.origin().shortName() + ": it failed on the row "
                        + JavaFunction.shown(function.input().columns(), row) + " ("
                        + String.valueOf(cause).replaceAll("\\s*\\R\\s*", " ") + ")",
                cause);
    }
}
