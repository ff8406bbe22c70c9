// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the splits of a scan one after the other, which yields the rows in stored order; rows that its filters refuse are
 * left out. Several may share the splits.
 */
public final class ScanOperator implements Operator {
    /**
     * @param scan what to read
     * @param filters what rows must pass, in the order in which they are to be asked
     */
    public record Factory(Scan scan, List<ScanFilter> filters) implements OperatorFactory {
        public Factory {
            filters = List.copyOf(filters);
        }

        /** All rows of a scan. */
        public Factory(Scan scan) {
            this(scan, List.of());
        }

        /** What reading the scan has cost and saved so far in a run. */
        public ScanCounters counters(Run run) {
            return run.shared(this, ScanCounters::new);
        }

        @Override
        public List<DataType> types() {
            return scan.schema().fields().stream().map(Field::type).toList();
        }

        @Override
        public Operator create(Run run) {
            return new ScanOperator(run, this, new Queue(run, this));
        }

        @Override
        public List<Operator> split(Run run, int count) {
            Queue queue = new Queue(run, this);
            List<Operator> parts = new ArrayList<>();
            for (int i = 0; i < Math.max(1, Math.min(count, queue.splits.size())); i++) {
                parts.add(new ScanOperator(run, this, queue));
            }
            return parts;
        }
    }

    /** The splits that nobody reads yet; whoever is through with one takes the next. */
    private static final class Queue {
        private final List<Scan.Split> splits;
        private final RowsPassed passed;
        private final AtomicInteger next = new AtomicInteger();

        Queue(Run run, Factory factory) {
            this.splits = factory.scan.splits();
            this.passed = RowsPassed.of(run, factory, splits);
        }

        /** The number of the next split, or -1. */
        int take() {
            int index = next.getAndIncrement();
            return index < splits.size() ? index : -1;
        }
    }

    private final Run run;
    private final Scan scan;
    private final List<ScanFilter.Part> filters;
    private final ScanCounters counters;
    private final Queue splits;
    private @Nullable BatchSource current;
    private int number;
    /** Rows of the split that are not done with. */
    private long left;

    private boolean closed;

    private ScanOperator(Run run, Factory factory, Queue splits) {
        this.run = run;
        this.scan = factory.scan;
        this.filters = factory.filters.stream().map(filter -> filter.start(run)).toList();
        this.counters = factory.counters(run);
        this.splits = splits;
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            run.checkCancelled();
            BatchSource source = current;
            if (source == null) {
                int taken = closed ? -1 : splits.take();
                if (taken < 0) {
                    return null;
                }
                Scan.Split split = splits.splits.get(taken);
                left = split.rowCount();
                if (!mayMatch(split)) {
                    pass(left);
                    counters.add(ScanCounters.Figure.SPLITS_PRUNED, 1);
                    continue;
                }
                number = taken;
                source = open(split);
                current = source;
            }
            Batch batch = source.next();
            if (batch == null) {
                // Those that were in no batch.
                pass(left);
                closeCurrent();
            } else {
                pass(batch.rowCount());
                if (batch.size() > 0) {
                    return batch;
                }
            }
        }
    }

    private void pass(long rows) {
        if (rows > 0) {
            splits.passed.add(rows);
            left -= rows;
        }
    }

    private boolean mayMatch(Scan.Split split) {
        for (ScanFilter.Part filter : filters) {
            Predicate predicate = filter.predicate();
            if (predicate != null && !scan.mayMatch(split, predicate)) {
                return false;
            }
        }
        return true;
    }

    private BatchSource open(Scan.Split split) {
        List<RowFilter> rows = new ArrayList<>();
        for (ScanFilter.Part filter : filters) {
            RowFilter known = filter.rows();
            if (known != null) {
                rows.add(known);
            }
        }
        return scan.open(split, rows, counters);
    }

    @Override
    public long piece() {
        return number;
    }

    @Override
    public void close() {
        closed = true;
        closeCurrent();
    }

    private void closeCurrent() {
        BatchSource source = current;
        current = null;
        if (source != null) {
            source.close();
        }
    }
}
