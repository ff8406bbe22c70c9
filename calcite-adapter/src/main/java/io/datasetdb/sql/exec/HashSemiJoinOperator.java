// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
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
     */
    public record Factory(
            OperatorFactory left,
            OperatorFactory right,
            int[] leftKeys,
            int[] rightKeys,
            boolean[] nullSafe,
            boolean anti,
            @Nullable Expression residual)
            implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return left.types();
        }

        @Override
        public Operator create(Run run) {
            List<Operator> inputs = new ArrayList<>(Operators.divided(run, left));
            int built = inputs.size();
            try {
                inputs.addAll(Operators.divided(run, right));
            } catch (RuntimeException | Error failure) {
                Operators.closeAfter(failure, inputs);
                throw failure;
            }
            return new HashSemiJoinOperator(run, this, inputs, built);
        }
    }

    private final Factory factory;
    private final int leftInputs;
    private final JoinTable table;
    private boolean[] matched = {};
    private boolean joined;
    private int next;

    private HashSemiJoinOperator(Run run, Factory factory, List<Operator> inputs, int leftInputs) {
        super(run, "the left side of a semi join", inputs);
        this.factory = factory;
        this.leftInputs = leftInputs;
        List<DataType> rightTypes = factory.right.types();
        List<DataType> rightKeyTypes =
                Arrays.stream(factory.rightKeys).mapToObj(rightTypes::get).toList();
        this.table = new JoinTable(factory.left.types(), true, factory.leftKeys, factory.nullSafe, rightKeyTypes);
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
        return count == 0 ? null : Batch.of(table.rows().gather(rows, count), count);
    }

    private void join() {
        List<Consumer<Batch>> sinks = new ArrayList<>();
        for (int i = 0; i < leftInputs; i++) {
            sinks.add(this::build);
        }
        drain(0, sinks);
        table.seal();
        memory.hold(table.heapBytes());
        matched = new boolean[table.rows().size()];
        if (matched.length == 0) {
            return;
        }
        sinks.clear();
        for (int i = leftInputs; i < inputCount(); i++) {
            sinks.add(new Marking(table.reader()));
        }
        drain(leftInputs, sinks);
    }

    private synchronized void build(Batch batch) {
        table.add(batch);
        memory.hold(table.heapBytes());
    }

    /** Marks the matches of right batches, in one thread. That two threads may mark the same row does no harm. */
    private final class Marking implements Consumer<Batch> {
        private final JoinTable reader;
        private final int[] pairPositions = new int[Batch.SIZE];
        private final int[] pairRows = new int[Batch.SIZE];
        private int pairs;

        Marking(JoinTable reader) {
            this.reader = reader;
        }

        @Override
        public void accept(Batch batch) {
            int count = batch.size();
            int[] positions = batch.selection().positions();
            int[] ids = new int[count];
            reader.find(batch, factory.rightKeys, positions, count, ids);
            for (int i = 0; i < count; i++) {
                if (ids[i] >= 0) {
                    markKey(batch, positions[i], ids[i]);
                }
            }
            check(batch);
        }

        private void markKey(Batch batch, int position, int key) {
            int end = reader.end(key);
            for (int place = reader.start(key); place < end; place++) {
                int row = reader.member(place);
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
            Batch candidates = Batch.of(JoinOutput.concat(reader.rows().gather(pairRows, count), right), count);
            Selection kept = residual.filter(candidates, candidates.selection(), run.bindings());
            for (int i = 0; i < kept.size(); i++) {
                matched[pairRows[kept.position(i)]] = true;
            }
        }
    }
}
