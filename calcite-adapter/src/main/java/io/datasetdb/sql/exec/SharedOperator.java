// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads rows that are computed once a run, however many steps read them. */
public final class SharedOperator implements Operator {
    /**
     * @param step yields the rows; depends on nothing but the run
     * @param key what all readers of these rows, and only they, have in common
     */
    public record Factory(OperatorFactory step, Object key) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return step.types();
        }

        @Override
        public Operator create(Run run) {
            SharedRows rows = rows(run);
            return rows.complete(run, step)
                    ? new SharedOperator(run, rows.batches(), new AtomicInteger())
                    : step.create(run);
        }

        @Override
        public List<Operator> split(Run run, int count) {
            SharedRows rows = rows(run);
            if (!rows.complete(run, step)) {
                return step.split(run, count);
            }
            List<Batch> batches = rows.batches();
            AtomicInteger next = new AtomicInteger();
            List<Operator> parts = new ArrayList<>();
            for (int i = 0; i < Math.max(1, Math.min(count, batches.size())); i++) {
                parts.add(new SharedOperator(run, batches, next));
            }
            return parts;
        }

        private SharedRows rows(Run run) {
            return run.shared(key, () -> new SharedRows(run.memory()));
        }
    }

    private final Run run;
    private final List<Batch> batches;
    private final AtomicInteger next;
    private boolean closed;

    private SharedOperator(Run run, List<Batch> batches, AtomicInteger next) {
        this.run = run;
        this.batches = batches;
        this.next = next;
    }

    @Override
    public @Nullable Batch next() {
        run.checkCancelled();
        int index = closed ? batches.size() : next.getAndIncrement();
        return index < batches.size() ? batches.get(index) : null;
    }

    @Override
    public void close() {
        closed = true;
    }
}
