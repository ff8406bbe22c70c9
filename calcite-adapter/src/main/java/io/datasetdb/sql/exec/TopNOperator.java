// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.rows.TopRows;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sorts and keeps the first rows only, without keeping the others in memory (ORDER BY … LIMIT …). */
public final class TopNOperator extends InputOperator {
    private static final long MAX_TOP = 1 << 20;

    /**
     * @param keys at least one, the most important first
     * @param offset rows to skip; none or NULL is 0
     * @param fetch rows to pass on; none or NULL is all
     * @param slot of scans below that may leave out rows whose first key is not good enough; none if there are none
     */
    public record Factory(
            OperatorFactory input,
            List<SortKey> keys,
            @Nullable Expression offset,
            @Nullable Expression fetch,
            @Nullable FilterSlot slot)
            implements OperatorFactory {
        public Factory {
            keys = List.copyOf(keys);
        }

        /** No scan is filtered. */
        public Factory(
                OperatorFactory input, List<SortKey> keys, @Nullable Expression offset, @Nullable Expression fetch) {
            this(input, keys, offset, fetch, null);
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
            long most = Math.min(MAX_TOP, run.memory().limit() / 8 / run.workers() / rowBytes());
            if (count > most || skip > most) {
                return new LimitOperator(run, new SortOperator.Factory(input, keys), skip, count);
            }
            TopBound bound = new TopBound(keys.get(0));
            Run below = slot == null ? run : run.with(Map.of(slot, bound));
            return new TopNOperator(run, this, Operators.divided(below, input), (int) skip, (int) count, bound);
        }

        /** A guess; a sort can use files, this cannot. */
        private long rowBytes() {
            return 16L * (1 + types().size());
        }
    }

    private final Factory factory;
    private final int offset;
    private final int fetch;
    private final TopBound bound;
    private final List<MemoryBudget.Account> accounts = new ArrayList<>();
    private @Nullable SortedOutput output;

    private TopNOperator(Run run, Factory factory, List<Operator> inputs, int offset, int fetch, TopBound bound) {
        super(run, "the first rows of the order", inputs);
        this.factory = factory;
        this.offset = offset;
        this.fetch = fetch;
        this.bound = bound;
    }

    @Override
    @Nullable
    Batch produce() {
        if (fetch == 0) {
            return null;
        }
        SortedOutput result = output;
        if (result == null) {
            TopRows top = top();
            result = new SortedOutput(top.rows(), top.order(), offset);
            output = result;
        }
        return result.next();
    }

    /** The first rows of all inputs: of each one's own first rows. */
    private TopRows top() {
        List<TopRows> tops = new ArrayList<>();
        List<Consumer<Batch>> sinks = new ArrayList<>();
        for (int i = 0; i < inputCount(); i++) {
            TopRows top = new TopRows(factory.types(), factory.keys, Math.max(1, offset + fetch));
            MemoryBudget.Account account = run.memory().account("the first rows of the order");
            accounts.add(account);
            tops.add(top);
            sinks.add(batch -> {
                top.add(batch);
                bound.tighten(top);
                account.hold(top.rows().heapBytes());
            });
        }
        drain(0, sinks);
        TopRows all = tops.get(0);
        for (TopRows other : tops.subList(1, tops.size())) {
            SortedOutput rows = new SortedOutput(other.rows(), other.order(), 0);
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                all.add(batch);
            }
        }
        return all;
    }

    @Override
    void closeOwn() {
        accounts.forEach(MemoryBudget.Account::close);
    }
}
