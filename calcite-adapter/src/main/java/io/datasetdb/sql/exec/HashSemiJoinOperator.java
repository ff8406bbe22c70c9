// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.join.JoinKeys;
import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.exec.join.JoinLookup;
import io.datasetdb.sql.exec.join.JoinSide;
import io.datasetdb.sql.exec.join.JoinTable;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Left rows with a match, or those without one, where the left side is the smaller: keeps it in a hash table, streams the
 * right side past it and marks what it meets. The rows come out in the order of the left side.
 */
public final class HashSemiJoinOperator extends InputOperator {
    /**
     * The types of keys are as for {@link HashJoinOperator.Factory}.
     *
     * @param left kept in memory: the smaller one
     * @param right streamed
     * @param anti whether to keep the rows without a match rather than those with one
     * @param residual one more condition for a match, over left and right columns
     * @param filters for each key, the slot of scans below the right side that may leave out rows without a match; may be
     *     empty
     * @param level {@link JoinLevel#TOP}, but for a part of a larger join
     */
    public record Factory(
            OperatorFactory left,
            OperatorFactory right,
            int[] leftKeys,
            int[] rightKeys,
            boolean[] nullSafe,
            boolean anti,
            @Nullable Expression residual,
            List<@Nullable FilterSlot> filters,
            JoinLevel level)
            implements OperatorFactory {
        /** No scan is filtered. */
        public Factory(
                OperatorFactory left,
                OperatorFactory right,
                int[] leftKeys,
                int[] rightKeys,
                boolean[] nullSafe,
                boolean anti,
                @Nullable Expression residual) {
            this(left, right, leftKeys, rightKeys, nullSafe, anti, residual, List.of(), JoinLevel.TOP);
        }

        @Override
        public List<DataType> types() {
            return left.types();
        }

        @Override
        public Operator create(Run run) {
            JoinKeys keys = JoinKeys.of(left.types(), leftKeys, right.types(), rightKeys, nullSafe);
            JoinSide side =
                    JoinSide.of(left.types(), JoinOutput.all(left.types().size()), keys);
            JoinBuild build = JoinBuild.of(run, left, side, level, "the left side of a semi join", true);
            try {
                List<Operator> rights = Operators.divided(build.filtering(run, filters), right);
                return build.isDivided()
                        ? PartitionedJoinOperator.over(
                                        run, build, rights, right.types(), rightKeys, 1, this::ofPartitions)
                                .get(0)
                        : new HashSemiJoinOperator(run, this, build, rights);
            } catch (RuntimeException | Error failure) {
                build.abandon();
                throw failure;
            }
        }

        private Factory ofPartitions(OperatorFactory kept, OperatorFactory other, JoinLevel below) {
            return new Factory(kept, other, leftKeys, rightKeys, nullSafe, anti, residual, List.of(), below);
        }
    }

    private final Factory factory;
    private final JoinBuild build;
    private final JoinTable table;
    private final boolean[] matched;
    private boolean joined;
    private int next;

    private HashSemiJoinOperator(Run run, Factory factory, JoinBuild build, List<Operator> rights) {
        super(run, "the left side of a semi join", rights);
        this.factory = factory;
        this.build = build;
        this.table = build.table();
        this.matched = build.matched();
    }

    @Override
    @Nullable
    Batch produce() {
        if (!joined) {
            joined = true;
            join();
        }
        int[] rows = new int[Batch.SIZE];
        int count = 0;
        while (next < matched.length && count < Batch.SIZE) {
            rows[count] = next;
            count += matched[next++] != factory.anti ? 1 : 0;
        }
        return count == 0 ? null : Batch.of(table.gather(rows, count), count);
    }

    private void join() {
        if (matched.length == 0) {
            return;
        }
        List<Consumer<Batch>> sinks = new ArrayList<>();
        for (int i = 0; i < inputCount(); i++) {
            sinks.add(new Marking());
        }
        drain(0, sinks);
    }

    @Override
    void closeOwn() {
        build.abandon();
    }

    /** Marks the matches of right batches, in one thread. That two threads may mark the same row does no harm. */
    private final class Marking implements Consumer<Batch> {
        private final JoinLookup lookup = new JoinLookup(table);
        private final int[] pairPositions = new int[Batch.SIZE];
        private final int[] pairRows = new int[Batch.SIZE];
        private int pairs;

        @Override
        public void accept(Batch batch) {
            int count = batch.size();
            int[] positions = batch.selection().positions();
            int[] places = new int[count];
            lookup.find(batch, positions, count, places);
            for (int i = 0; i < count; i++) {
                if (places[i] >= 0) {
                    markKey(batch, positions[i], places[i]);
                }
            }
            check(batch);
        }

        private void markKey(Batch batch, int position, int first) {
            int place = first;
            boolean more = true;
            while (more) {
                int row = table.row(place);
                more = table.hasMore(place++);
                if (matched[row]) {
                    continue;
                }
                if (factory.residual == null) {
                    matched[row] = true;
                    continue;
                }
                pairPositions[pairs] = position;
                pairRows[pairs++] = row;
                if (pairs == Batch.SIZE) {
                    check(batch);
                }
            }
        }

        /** Decides on the pairs collected so far. */
        private void check(Batch batch) {
            Expression residual = factory.residual;
            if (pairs == 0 || residual == null) {
                return;
            }
            int count = pairs;
            pairs = 0;
            run.checkCancelled();
            List<Vector> right = batch.columns().stream()
                    .map(column -> column.gather(pairPositions, count))
                    .toList();
            Batch candidates = Batch.of(JoinOutput.concat(table.gather(pairRows, count), right), count);
            Selection kept = residual.filter(candidates, candidates.selection(), run.bindings());
            for (int i = 0; i < kept.size(); i++) {
                matched[pairRows[kept.position(i)]] = true;
            }
        }
    }
}
