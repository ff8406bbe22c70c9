// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.exec.join.KeyPartitions;
import io.datasetdb.sql.exec.spill.SpillPartitions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Joins two sides of which the one to be kept does not fit in memory: both are divided by the hash of their keys into files,
 * then joined partition by partition, each on one thread; a partition that still does not fit is divided again. After DeWitt
 * et al., "Implementation Techniques for Main Memory Database Systems" (1984), where it is called the GRACE join.
 */
final class PartitionedJoinOperator implements Operator {
    /** Makes the join of two partitions. */
    interface Partitions {
        OperatorFactory join(OperatorFactory kept, OperatorFactory other, JoinLevel level);
    }

    /** The divided sides, and which of the partitions nobody joins yet. */
    private record Sides(
            JoinBuild kept, SpillPartitions other, Partitions partitions, AtomicInteger next, AtomicInteger unclosed) {
        OperatorFactory join(int partition) {
            return partitions.join(
                    new SourceOperator.Factory(kept.types(), run -> kept.read(partition)),
                    new SourceOperator.Factory(other.types(), run -> other.read(partition)),
                    kept.below(partition));
        }

        boolean isEmpty(int partition) {
            return kept.rows(partition) == 0 && other.rows(partition) == 0;
        }

        void close() {
            if (unclosed.decrementAndGet() == 0) {
                other.close();
                kept.abandon();
            }
        }
    }

    private final Run run;
    private final Sides sides;
    private @Nullable Operator current;
    private boolean closed;

    private PartitionedJoinOperator(Run run, Sides sides) {
        this.run = run;
        this.sides = sides;
    }

    /**
     * Divides the other side, too, and starts joining.
     *
     * @param kept divided already; closed with the operators
     * @param others the other side, started; drained and closed here
     * @param otherKeys its key columns
     * @param count how many operators share the partitions
     */
    static List<Operator> over(
            Run run,
            JoinBuild kept,
            List<Operator> others,
            List<DataType> otherTypes,
            int[] otherKeys,
            int count,
            Partitions partitions) {
        SpillPartitions other = run.spill().partitions(otherTypes, KeyPartitions.COUNT);
        List<KeyPartitions> sinks = new ArrayList<>();
        List<Operator> open = others;
        try {
            for (int i = 0; i < others.size(); i++) {
                MemoryBudget.Account memory = run.memory().account("rows of a join on their way to a file");
                sinks.add(new KeyPartitions(other, otherKeys, kept.level().depth(), memory));
            }
            run.drain(others, sinks);
            sinks.forEach(KeyPartitions::finish);
            open = List.of();
            Operators.close(others);
        } catch (RuntimeException | Error failure) {
            sinks.forEach(KeyPartitions::close);
            Operators.closeAfter(failure, open);
            other.close();
            throw failure;
        }
        Sides sides = new Sides(kept, other, partitions, new AtomicInteger(), new AtomicInteger(count));
        List<Operator> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(new PartitionedJoinOperator(run.serial(), sides));
        }
        return result;
    }

    @Override
    public @Nullable Batch next() {
        while (!closed) {
            run.checkCancelled();
            Operator joining = current;
            if (joining == null) {
                int partition = sides.next.getAndIncrement();
                if (partition >= KeyPartitions.COUNT) {
                    return null;
                }
                if (sides.isEmpty(partition)) {
                    continue;
                }
                joining = sides.join(partition).create(run);
                current = joining;
            }
            Batch batch = joining.next();
            if (batch != null) {
                return batch;
            }
            closeCurrent();
        }
        return null;
    }

    private void closeCurrent() {
        Operator joining = current;
        current = null;
        if (joining != null) {
            joining.close();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Operators.close(List.<AutoCloseable>of(this::closeCurrent, sides::close));
        }
    }

    /** A source that changes the batches of another. */
    static BatchSource changed(BatchSource source, UnaryOperator<Batch> change) {
        return new BatchSource() {
            @Override
            public @Nullable Batch next() {
                Batch batch = source.next();
                return batch == null ? null : change.apply(batch);
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }
}
