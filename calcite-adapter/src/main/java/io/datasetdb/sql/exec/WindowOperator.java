// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.window.SortedRows;
import io.datasetdb.sql.exec.window.WindowCall;
import io.datasetdb.sql.exec.window.WindowColumn;
import io.datasetdb.sql.exec.window.WindowColumns;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes window functions that share one PARTITION BY and ORDER BY. The result has the input's columns, then one for
 * each
 * call; rows come out sorted by partition keys (ascending, NULLs last), then by order keys.
 */
public final class WindowOperator extends InputOperator {
    /**
     * @param partitionKeys input columns; none is one partition
     * @param orderKeys none makes all rows of a partition peers
     */
    public record Factory(OperatorFactory input, int[] partitionKeys, List<SortKey> orderKeys, List<WindowCall> calls)
            implements OperatorFactory {
        public Factory {
            orderKeys = List.copyOf(orderKeys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<DataType> types() {
            List<DataType> types = new ArrayList<>(input.types());
            calls.forEach(call -> types.add(call.type()));
            return List.copyOf(types);
        }

        @Override
        public Operator create(Run run) {
            return new WindowOperator(run, this);
        }
    }

    private final Factory factory;
    private final List<WindowColumn> columns = new ArrayList<>();
    private @Nullable SortedRows sorted;
    private int next;

    private WindowOperator(Run run, Factory factory) {
        super(run, List.of(factory.input), "the rows of a window");
        this.factory = factory;
    }

    @Override
    @Nullable
    Batch produce() {
        SortedRows rows = sorted;
        if (rows == null) {
            rows = compute();
            sorted = rows;
        }
        int from = next;
        int to = Math.min(rows.size(), from + Batch.SIZE);
        if (from == to) {
            return null;
        }
        next = to;
        List<Vector> result = new ArrayList<>(rows.buffer().gather(rows.rows(from, to), to - from));
        for (WindowColumn column : columns) {
            result.add(column.slice(from, to));
        }
        return Batch.of(result, to - from);
    }

    private SortedRows compute() {
        List<DataType> types = factory.input.types();
        RowBuffer buffer = buffer(0, types);
        SortedRows rows = new SortedRows(buffer, factory.partitionKeys, factory.orderKeys);
        memory.hold(buffer.heapBytes() + rows.heapBytes());
        if (rows.size() > 0) {
            for (WindowCall call : factory.calls) {
                columns.add(
                        WindowColumns.of(call, rows, types, factory.orderKeys, run.bindings(), run::checkCancelled));
            }
        }
        return rows;
    }
}
