// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins by any condition, or none: keeps the right side in memory and compares every left row with all of it. One
 * side's row
 * is a constant against a batch of the other, whichever is longer, so that nothing is copied. The order of the pairs
 * of one
 * left batch is not defined.
 */
public final class NestedLoopJoinOperator extends InputOperator {
    /**
     * @param condition over left and right columns; none is TRUE. For {@link JoinKind#NULL_AWARE_ANTI} and
     *     {@link JoinKind#MARK} its NULL means that the pair may match
     */
    public record Factory(
            OperatorFactory left,
            OperatorFactory right,
            JoinKind kind,
            @Nullable Expression condition) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return JoinOutput.types(left, right, kind);
        }

        @Override
        public Operator create(Run run) {
            return new NestedLoopJoinOperator(run, this);
        }
    }

    private final Factory factory;
    private final JoinKind kind;
    private final List<Batch> right = new ArrayList<>();
    private int rightRows;
    private boolean[] matchedRows = {};
    private boolean built;
    private int restBatch;

    private @Nullable Batch left;
    private int[] positions = {};
    private int[] places = {};
    private boolean[] matched = {};
    private boolean[] unknown = {};
    private int outer;
    private int inner;

    private NestedLoopJoinOperator(Run run, Factory factory) {
        super(run, List.of(factory.left, factory.right), "the right side of a join");
        this.factory = factory;
        this.kind = factory.kind;
    }

    @Override
    @Nullable
    Batch produce() {
        if (!built) {
            build();
        }
        while (true) {
            Batch current = left;
            if (current == null) {
                current = pullLeft();
                if (current == null) {
                    return kind.keepsRight() ? rest() : null;
                }
            }
            Batch result = step(current);
            if (result != null && result.size() > 0) {
                return result;
            }
        }
    }

    private void build() {
        built = true;
        RowBuffer rows = buffer(1, factory.right.types());
        rightRows = rows.size();
        // the rows stand side by side until they are cut into batches
        memory.hold(2 * rows.heapBytes());
        for (int from = 0; from < rightRows; from += Batch.SIZE) {
            right.add(rows.slice(from, Math.min(rightRows, from + Batch.SIZE)));
        }
        matchedRows = new boolean[kind.keepsRight() ? rightRows : 0];
        memory.hold(rows.heapBytes() + matchedRows.length);
    }

    private @Nullable Batch pullLeft() {
        Batch batch = pull(0);
        left = batch;
        if (batch != null) {
            positions = batch.selection().positions();
            places = new int[batch.rowCount()];
            for (int i = 0; i < batch.size(); i++) {
                places[positions[i]] = i;
            }
            matched = new boolean[batch.size()];
            unknown = new boolean[batch.size()];
            outer = 0;
            inner = 0;
        }
        return batch;
    }

    /** One row of one side against a batch of the other; after the last what the kind says about the left rows. */
    private @Nullable Batch step(Batch batch) {
        run.checkCancelled();
        if (rightRows <= batch.size()) {
            if (outer < rightRows) {
                return rightRowAgainst(batch, outer++);
            }
        } else if (outer < batch.size()) {
            Batch result = leftRowAgainst(batch, outer, inner++);
            if (inner == right.size() || (matched[outer] && !kind.hasRightColumns())) {
                inner = 0;
                outer++;
            }
            return result;
        }
        left = null;
        return finishLeft(batch);
    }

    private @Nullable Batch rightRowAgainst(Batch batch, int row) {
        Batch segment = right.get(row / Batch.SIZE);
        List<Vector> constants = JoinOutput.constants(segment.columns(), row % Batch.SIZE, batch.rowCount());
        Batch pairs = new Batch(JoinOutput.concat(batch.columns(), constants), batch.rowCount(), batch.selection());
        BooleanVector unknowns = null;
        Selection kept = pairs.selection();
        Expression condition = factory.condition;
        if (condition != null && isNullAware()) {
            unknowns = (BooleanVector)
                    condition.evaluate(pairs, kept, run.bindings()).flatten();
            kept = whereTrue(unknowns, kept);
        } else if (condition != null) {
            kept = condition.filter(pairs, kept, run.bindings());
        }
        for (int i = 0; i < kept.size(); i++) {
            matched[places[kept.position(i)]] = true;
        }
        if (kind.keepsRight() && kept.size() > 0) {
            matchedRows[row] = true;
        }
        if (unknowns != null) {
            for (int i = 0; i < positions.length && i < batch.size(); i++) {
                unknown[i] |= unknowns.isNull(positions[i]);
            }
        }
        return kind.hasRightColumns() ? pairs.select(kept) : null;
    }

    private @Nullable Batch leftRowAgainst(Batch batch, int place, int segment) {
        Batch other = right.get(segment);
        List<Vector> constants = JoinOutput.constants(batch.columns(), positions[place], other.rowCount());
        Batch pairs = Batch.of(JoinOutput.concat(constants, other.columns()), other.rowCount());
        Selection kept = pairs.selection();
        Expression condition = factory.condition;
        if (condition != null && isNullAware()) {
            BooleanVector values = (BooleanVector)
                    condition.evaluate(pairs, kept, run.bindings()).flatten();
            for (int i = 0; i < values.size(); i++) {
                unknown[place] |= values.isNull(i);
            }
            kept = whereTrue(values, kept);
        } else if (condition != null) {
            kept = condition.filter(pairs, kept, run.bindings());
        }
        matched[place] |= kept.size() > 0;
        if (kind.keepsRight()) {
            for (int i = 0; i < kept.size(); i++) {
                matchedRows[segment * Batch.SIZE + kept.position(i)] = true;
            }
        }
        return kind.hasRightColumns() ? pairs.select(kept) : null;
    }

    private boolean isNullAware() {
        return kind == JoinKind.NULL_AWARE_ANTI || kind == JoinKind.MARK;
    }

    private static Selection whereTrue(BooleanVector vector, Selection selection) {
        int[] kept = new int[selection.size()];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            int position = selection.position(i);
            if (!vector.isNull(position) && vector.values()[position]) {
                kept[count++] = position;
            }
        }
        return Selection.of(kept, count);
    }

    private @Nullable Batch finishLeft(Batch batch) {
        if (kind.keepsLeft()) {
            Selection alone = JoinOutput.where(positions, batch.size(), matched, false);
            List<Vector> nulls = JoinOutput.nulls(factory.right.types(), batch.rowCount());
            return new Batch(JoinOutput.concat(batch.columns(), nulls), batch.rowCount(), alone);
        }
        return kind.hasRightColumns() ? null : JoinOutput.leftOnly(batch, positions, matched, unknown, kind);
    }

    /** Right rows without a match. */
    private @Nullable Batch rest() {
        while (restBatch < right.size()) {
            Batch segment = right.get(restBatch);
            int base = restBatch * Batch.SIZE;
            restBatch++;
            int[] kept = new int[segment.rowCount()];
            int count = 0;
            for (int i = 0; i < kept.length; i++) {
                if (!matchedRows[base + i]) {
                    kept[count++] = i;
                }
            }
            if (count > 0) {
                List<Vector> nulls = JoinOutput.nulls(factory.left.types(), segment.rowCount());
                return new Batch(
                        JoinOutput.concat(nulls, segment.columns()), segment.rowCount(), Selection.of(kept, count));
            }
        }
        return null;
    }
}
