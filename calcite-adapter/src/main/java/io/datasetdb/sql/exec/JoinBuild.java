// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.exec.join.JoinSide;
import io.datasetdb.sql.exec.join.JoinTable;
import io.datasetdb.sql.exec.join.JoinTableBuilder;
import io.datasetdb.sql.exec.spill.SpillPartitions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The side of a hash join that is kept, and what the operators that look it up share: a table, or, where that would not fit in
 * memory, partitions in files.
 */
final class JoinBuild {
    private final JoinTableBuilder builder;
    private final JoinSide side;
    private final JoinLevel level;
    private final @Nullable JoinTable table;
    private final boolean[] matched;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger unclosed = new AtomicInteger();

    private JoinBuild(JoinTableBuilder builder, JoinSide side, JoinLevel level, boolean marks) {
        this.builder = builder;
        this.side = side;
        this.level = level;
        this.table = builder.build();
        this.matched = new boolean[marks && table != null ? table.rowCount() : 0];
    }

    /**
     * Reads a side, on as many threads as it divides into.
     *
     * @param purpose what is kept, for messages
     * @param marks whether to remember which rows have had a match
     */
    static JoinBuild of(Run run, OperatorFactory input, JoinSide side, JoinLevel level, String purpose, boolean marks) {
        JoinTableBuilder builder = new JoinTableBuilder(run, side, level, purpose);
        List<Operator> inputs = List.of();
        try {
            inputs = Operators.divided(run, input);
            List<Consumer<Batch>> sinks = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                sinks.add(builder.part());
            }
            run.drain(inputs, sinks);
            List<Operator> drained = inputs;
            inputs = List.of();
            Operators.close(drained);
            return new JoinBuild(builder, side, level, marks);
        } catch (RuntimeException | Error failure) {
            Operators.closeAfter(failure, inputs);
            builder.close();
            throw failure;
        }
    }

    /**
     * The run for the other side of the join, where rows without a match are of no use.
     *
     * @param slots for each key, where its filter belongs; nothing where nobody asks for it
     */
    Run filtering(Run run, List<@Nullable FilterSlot> slots) {
        if (isDivided()) {
            return run;
        }
        Map<FilterSlot, ColumnFilter> filters = new HashMap<>();
        for (int key = 0; key < slots.size(); key++) {
            FilterSlot slot = slots.get(key);
            if (slot != null) {
                filters.put(slot, new KeyColumnFilter(builder.filter(table(), key)));
            }
        }
        return run.with(filters);
    }

    /** Whether the side is in files rather than in a table. */
    boolean isDivided() {
        return table == null;
    }

    JoinLevel level() {
        return level;
    }

    /** The columns of the side. */
    List<DataType> types() {
        return side.types();
    }

    private SpillPartitions divided() {
        return Objects.requireNonNull(builder.divided());
    }

    /** Reads a partition; columns that are not kept are NULL. */
    BatchSource read(int partition) {
        return PartitionedJoinOperator.changed(divided().read(partition), side::widened);
    }

    /** How many rows a partition has. */
    long rows(int partition) {
        return divided().rows(partition);
    }

    /** The level of the join of a partition. */
    JoinLevel below(int partition) {
        long all = 0;
        for (int i = 0; i < divided().count(); i++) {
            all += rows(i);
        }
        return level.below(rows(partition), all, builder.hasNullKeys());
    }

    /** One more operator that looks rows up. */
    void open() {
        unfinished.incrementAndGet();
        unclosed.incrementAndGet();
    }

    JoinTable table() {
        return Objects.requireNonNull(table);
    }

    /** Which rows have had a match; written by all operators, to be read once all have finished. */
    boolean[] matched() {
        return matched;
    }

    /** Says that an operator's other rows are through; returns whether it was the last one. */
    boolean finish() {
        return unfinished.decrementAndGet() == 0;
    }

    /** Lets go of the memory and the files before any operator is there to do it. */
    void abandon() {
        builder.close();
    }

    /** Says that an operator is closed; the last one lets go of the table's memory. */
    void close() {
        if (unclosed.decrementAndGet() == 0) {
            abandon();
        }
    }
}
