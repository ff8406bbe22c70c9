// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the right plan once for every left row, with values of that row in the run's correlation slots: the last resort
 * for
 * what cannot be decorrelated. Sets its slots anew whenever it pulls, so that it may stand anywhere inside another
 * one's
 * left or right plan; the whole plan must run in one thread.
 */
public final class CorrelateOperator extends InputOperator {
    /**
     * @param right the plan to run, which reads the slots through its expressions
     * @param leftColumns the left columns whose values it needs
     * @param slots for each of them, where in {@link io.datasetdb.sql.kernel.Bindings#correlations()} it goes
     * @param kind INNER, LEFT, SEMI or ANTI
     */
    public record Factory(OperatorFactory left, OperatorFactory right, int[] leftColumns, int[] slots, JoinKind kind)
            implements OperatorFactory {
        public Factory {
            if (kind != JoinKind.INNER && kind != JoinKind.LEFT && kind != JoinKind.SEMI && kind != JoinKind.ANTI) {
                throw new IllegalArgumentException("cannot correlate: " + kind);
            }
        }

        @Override
        public List<DataType> types() {
            return JoinOutput.types(left, right, kind);
        }

        @Override
        public Operator create(Run run) {
            return new CorrelateOperator(run, this);
        }
    }

    private final Factory factory;
    private final JoinKind kind;
    private @Nullable Batch left;
    private int[] positions = {};
    private boolean[] matched = {};
    private int place;
    private @Nullable Operator right;

    private CorrelateOperator(Run run, Factory factory) {
        super(run, List.of(factory.left), "correlated rows");
        this.factory = factory;
        this.kind = factory.kind;
    }

    @Override
    @Nullable
    Batch produce() {
        while (true) {
            Batch current = left;
            if (current == null) {
                current = pull(0);
                if (current == null) {
                    return null;
                }
                left = current;
                positions = current.selection().positions();
                matched = new boolean[current.size()];
                place = 0;
            }
            if (place == current.size()) {
                left = null;
                if (!kind.hasRightColumns()) {
                    return JoinOutput.leftOnly(current, positions, matched, new boolean[matched.length], kind);
                }
                continue;
            }
            Batch result = step(current);
            if (result != null) {
                return result;
            }
        }
    }

    /** The next right batch of the current left row. */
    private @Nullable Batch step(Batch batch) {
        int position = positions[place];
        for (int i = 0; i < factory.slots.length; i++) {
            run.bindings().correlations()[factory.slots[i]] =
                    batch.column(factory.leftColumns[i]).getObject(position);
        }
        Operator source = right;
        if (source == null) {
            source = factory.right.create(run.serial());
            right = source;
        }
        run.checkCancelled();
        Batch rows = source.next();
        boolean found = rows != null;
        boolean alone = !found && !matched[place] && kind == JoinKind.LEFT;
        matched[place] |= found;
        if (!found || !kind.hasRightColumns()) {
            endRow();
        }
        if (alone) {
            List<Vector> nulls = JoinOutput.nulls(factory.right.types(), 1);
            return Batch.of(JoinOutput.concat(JoinOutput.constants(batch.columns(), position, 1), nulls), 1);
        }
        if (rows == null || !kind.hasRightColumns()) {
            return null;
        }
        List<Vector> constants = JoinOutput.constants(batch.columns(), position, rows.rowCount());
        return new Batch(JoinOutput.concat(constants, rows.columns()), rows.rowCount(), rows.selection());
    }

    private void endRow() {
        place++;
        closeOwn();
    }

    @Override
    void closeOwn() {
        Operator source = right;
        right = null;
        if (source != null) {
            source.close();
        }
    }
}
