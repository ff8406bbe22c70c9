// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.exec.rows.RowOrder;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts all rows; equal ones stay in the order in which they came. */
public final class SortOperator extends InputOperator {
    /**
     * @param keys the most important first; none keeps the order
     */
    public record Factory(OperatorFactory input, List<SortKey> keys) implements OperatorFactory {
        public Factory {
            keys = List.copyOf(keys);
        }

        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public Operator create(Run run) {
            return new SortOperator(run, this);
        }
    }

    private final Factory factory;
    private @Nullable SortedOutput output;

    private SortOperator(Run run, Factory factory) {
        super(run, List.of(factory.input), "the rows to sort");
        this.factory = factory;
    }

    @Override
    @Nullable
    Batch produce() {
        SortedOutput result = output;
        if (result == null) {
            RowBuffer rows = buffer(0, factory.types());
            RowOrder order = RowOrder.of(rows, factory.keys);
            // while it sorts: two pairs of word and row number
            memory.hold(rows.heapBytes() + order.heapBytes() + 24L * rows.size());
            int[] sorted = order.sorted();
            memory.hold(rows.heapBytes() + 4L * rows.size());
            result = new SortedOutput(rows, sorted, 0);
            output = result;
        }
        return result.next();
    }
}
