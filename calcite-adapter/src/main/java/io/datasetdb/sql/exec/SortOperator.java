// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.spill.SpilledRows;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sorts all rows; equal ones stay in the order in which they came. Every thread sorts what it reads, in runs that go to
 * files
 * if memory gets scarce; then the runs are merged (external merge sort).
 */
public final class SortOperator extends InputOperator {
    /** How many runs in files are read at the same time at most. */
    private static final int MAX_FAN_IN = 64;

    /** About what the batch that is being read of a run in a file takes in memory, with its words. */
    private static final long READ_BYTES = 3 << 18;

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
            return create(run, run.memory().limit());
        }

        /** As {@link #create(Run)}, keeping no more in memory than this. */
        Operator create(Run run, long maxBytes) {
            return new SortOperator(run, this, Operators.divided(run, input), maxBytes);
        }
    }

    /** The types of the rows that are sorted: the input's, and the piece of the row if there are several inputs. */
    private final List<DataType> types;

    private final List<SortKey> mergeKeys;
    private final int columns;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<SortPart> parts = new ArrayList<>();
    private @Nullable BatchSource output;

    private SortOperator(Run run, Factory factory, List<Operator> inputs, long maxBytes) {
        super(run, "the rows to merge", inputs);
        this.types = new ArrayList<>(factory.types());
        this.mergeKeys = new ArrayList<>(factory.keys);
        this.columns = types.size();
        boolean hasPieces = inputs.size() > 1;
        if (hasPieces) {
            types.add(DataType.BIGINT);
            mergeKeys.add(SortKey.ascending(columns));
        }
        for (int i = 0; i < inputs.size(); i++) {
            SortPart part = new SortPart(run, types, factory.keys, hasPieces, maxBytes / inputs.size());
            parts.add(part);
            open.add(part);
        }
    }

    @Override
    @Nullable
    Batch produce() {
        BatchSource result = output;
        if (result == null) {
            result = sort();
            output = result;
        }
        Batch batch = result.next();
        return batch == null || types.size() == columns
                ? batch
                : Batch.of(batch.columns().subList(0, columns), batch.rowCount());
    }

    private BatchSource sort() {
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int input = i;
            SortPart part = parts.get(i);
            tasks.add(() -> {
                Batch batch = pull(input);
                if (batch == null) {
                    part.end();
                    return false;
                }
                part.add(batch, pieceOf(input));
                return true;
            });
        }
        run.inParallel(tasks);
        return parts.stream().allMatch(part -> part.runs().isEmpty()) ? inMemory() : external();
    }

    /** All threads bring rows in order, one merges. */
    private BatchSource inMemory() {
        List<SortedOutput> sorted = parts.stream().map(SortPart::inMemory).toList();
        if (sorted.size() == 1) {
            return sorted.get(0);
        }
        ReadAhead ahead = new ReadAhead(run, sorted, memory);
        List<BatchSource> sources = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            int input = i;
            sources.add(source(() -> {
                ReadAhead.Entry entry = ahead.poll(input);
                return entry == null ? null : entry.batch();
            }));
        }
        return merge(sources);
    }

    private static BatchSource source(Supplier<@Nullable Batch> next) {
        return new BatchSource() {
            @Override
            public @Nullable Batch next() {
                return next.get();
            }

            @Override
            public void close() {
                // what it reads from has another owner
            }
        };
    }

    /** Merges runs until they are few enough to be merged while they are handed out. */
    private BatchSource external() {
        parts.stream().filter(part -> part.runs().isEmpty()).forEach(SortPart::spill);
        List<SpilledRows> runs = new ArrayList<>();
        parts.forEach(part -> runs.addAll(part.runs()));
        int threads = Math.max(1, Math.min(parts.size(), run.workers()));
        int fanIn = (int) Math.max(2, Math.min(MAX_FAN_IN, run.memory().limit() / 4 / threads / READ_BYTES));
        List<SpilledRows> left = runs;
        while (left.size() > fanIn) {
            memory.hold(threads * fanIn * READ_BYTES);
            left = merged(left, fanIn);
        }
        memory.hold(left.size() * READ_BYTES);
        return merge(left.stream().map(SpilledRows::read).toList());
    }

    /** Neighbours merged, as many at a time as may be. */
    private List<SpilledRows> merged(List<SpilledRows> runs, int fanIn) {
        List<SpilledRows> result = new ArrayList<>();
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int from = 0; from < runs.size(); from += fanIn) {
            List<SpilledRows> some = runs.subList(from, Math.min(runs.size(), from + fanIn));
            SpilledRows target = run.spill().rows(types);
            open.add(target);
            result.add(target);
            BatchSource merge = merge(some.stream().map(SpilledRows::read).toList());
            tasks.add(() -> {
                Batch batch = merge.next();
                if (batch == null) {
                    Operators.close(some);
                    return false;
                }
                target.append(batch);
                return true;
            });
        }
        run.inParallel(tasks);
        return result;
    }

    private SortedMerge merge(List<BatchSource> sources) {
        return new SortedMerge(sources, types, mergeKeys, run::checkCancelled);
    }

    @Override
    void closeOwn() {
        Operators.close(open);
    }
}
