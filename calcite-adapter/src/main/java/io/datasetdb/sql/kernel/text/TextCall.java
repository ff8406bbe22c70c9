// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/** Functions of text as loops over positions, one form for each kind of result. NULL when any argument is. */
final class TextCall {
    /** The most bytes that one call of a function that repeats its argument may give. */
    static final int MOST_BYTES = 1 << 28;

    private TextCall() {}

    /** Prepares a batch of arguments. */
    @FunctionalInterface
    interface Writers {
        Writer of(List<Vector> arguments);
    }

    /** Appends the result of one position. */
    @FunctionalInterface
    interface Writer {
        void write(int position, TextSink out);
    }

    /** Prepares a batch of arguments. */
    @FunctionalInterface
    interface Counters {
        Counter of(List<Vector> arguments);
    }

    /** The result of one position; not 0 is TRUE. */
    @FunctionalInterface
    interface Counter {
        int count(int position);
    }

    /** To VARCHAR or VARBINARY. */
    static Expression text(String name, DataType result, List<Expression> operands, Writers writers) {
        return VectorCall.of(name, operands, result, (arguments, selection, rowCount) -> {
            Writer writer = writers.of(arguments);
            TextSink sink = new TextSink(rowCount, expectedBytes(arguments, selection, rowCount));
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                sink.begin(p);
                writer.write(p, sink);
            }
            return sink.build(result);
        });
    }

    /** As many bytes a value as the longest argument has on average. */
    private static int expectedBytes(List<Vector> arguments, Selection selection, int rowCount) {
        long most = 0;
        for (Vector argument : arguments) {
            if (argument instanceof BytesVector bytes) {
                most = Math.max(most, bytes.offsets()[rowCount]);
            }
        }
        return (int) Math.min(most * selection.size() / rowCount + 64, 1 << 24);
    }

    /** To INTEGER. */
    static Expression integer(String name, List<Expression> operands, Counters counters) {
        return VectorCall.of(name, operands, DataType.INTEGER, (arguments, selection, rowCount) -> {
            Counter counter = counters.of(arguments);
            int[] values = new int[rowCount];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                values[p] = counter.count(p);
            }
            return new IntVector(DataType.INTEGER, rowCount, values, null);
        });
    }

    /** To BOOLEAN. */
    static Expression test(String name, List<Expression> operands, Counters counters) {
        return VectorCall.of(
                name,
                operands,
                DataType.BOOLEAN,
                (arguments, selection, rowCount) -> tested(counters.of(arguments), selection, rowCount));
    }

    private static Vector tested(Counter counter, Selection selection, int rowCount) {
        boolean[] values = new boolean[rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            values[p] = counter.count(p) != 0;
        }
        return new BooleanVector(DataType.BOOLEAN, rowCount, values, null);
    }

    static DatasetDbException tooLong(String name, long bytes) {
        return new DatasetDbException(
                KernelError.INVALID_ARGUMENT,
                "Cannot compute " + name + ": the result would be longer than " + MOST_BYTES + " bytes (" + bytes
                        + ")");
    }
}
