// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Skips some rows, passes on some and then asks its input for nothing more. */
public final class LimitOperator extends InputOperator {
    /**
     * @param offset rows to skip; none or NULL is 0
     * @param fetch rows to pass on; none or NULL is all
     */
    public record Factory(
            OperatorFactory input,
            @Nullable Expression offset,
            @Nullable Expression fetch) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public Operator create(Run run) {
            return new LimitOperator(
                    run,
                    input,
                    Scalars.rows(offset, run.bindings(), "OFFSET", 0),
                    Scalars.rows(fetch, run.bindings(), "LIMIT", Long.MAX_VALUE));
        }
    }

    private long skip;
    private long remaining;

    LimitOperator(Run run, OperatorFactory input, long offset, long fetch) {
        super(run, List.of(input), "limited rows");
        this.skip = offset;
        this.remaining = fetch;
    }

    @Override
    @Nullable
    Batch produce() {
        if (remaining == 0) {
            return null;
        }
        Batch batch = pull(0);
        if (batch == null) {
            return null;
        }
        int from = (int) Math.min(skip, batch.size());
        int to = (int) Math.min(batch.size(), from + Math.min(remaining, batch.size()));
        skip -= from;
        remaining -= to - from;
        return from == 0 ? batch.select(batch.selection().first(to)) : batch.select(range(batch.selection(), from, to));
    }

    private static Selection range(Selection selection, int from, int to) {
        return Selection.of(Arrays.copyOfRange(selection.positions(), from, Math.max(from, to)), to - from);
    }
}
