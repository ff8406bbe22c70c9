// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.rows.TopRows;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts and keeps the first rows only, without keeping the others in memory (ORDER BY … LIMIT …). */
public final class TopNOperator extends InputOperator {
    private static final long MAX_TOP = 1 << 20;

    /**
     * @param keys at least one, the most important first
     * @param offset rows to skip; none or NULL is 0
     * @param fetch rows to pass on; none or NULL is all
     */
    public record Factory(
            OperatorFactory input,
            List<SortKey> keys,
            @Nullable Expression offset,
            @Nullable Expression fetch) implements OperatorFactory {
        public Factory {
            keys = List.copyOf(keys);
        }

        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public Operator create(Run run) {
            long skip = Scalars.rows(offset, run.bindings(), "OFFSET", 0);
            long count = Scalars.rows(fetch, run.bindings(), "LIMIT", Long.MAX_VALUE);
            // as many rows as are better sorted whole; the limit is known only now, as it may be a parameter
            if (count > MAX_TOP || skip > MAX_TOP) {
                return new LimitOperator(run, new SortOperator.Factory(input, keys), skip, count);
            }
            return new TopNOperator(run, this, (int) skip, (int) count);
        }
    }

    private final TopRows top;
    private final int offset;
    private final boolean nothing;
    private @Nullable SortedOutput output;

    private TopNOperator(Run run, Factory factory, int offset, int fetch) {
        super(run, List.of(factory.input), "the first rows of the order");
        this.offset = offset;
        this.nothing = fetch == 0;
        this.top = new TopRows(factory.types(), factory.keys, Math.max(1, offset + fetch));
    }

    @Override
    @Nullable
    Batch produce() {
        if (nothing) {
            return null;
        }
        SortedOutput result = output;
        if (result == null) {
            for (Batch batch = pull(0); batch != null; batch = pull(0)) {
                top.add(batch);
                memory.hold(top.rows().heapBytes());
            }
            int[] order = top.order();
            result = new SortedOutput(top.rows(), order, offset);
            output = result;
        }
        return result.next();
    }
}
