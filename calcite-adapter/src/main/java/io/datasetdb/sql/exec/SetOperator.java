// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECT and EXCEPT, with and without ALL; NULLs are equal. Rows come in the order in which the first input had
 * them.
 */
public final class SetOperator extends InputOperator {
    /** Which of the two. */
    public enum Kind {
        INTERSECT,
        EXCEPT
    }

    /**
     * @param inputs at least two, all with the same types; for EXCEPT all others are taken away from the first
     * @param all whether rows count as often as they occur
     */
    public record Factory(List<OperatorFactory> inputs, Kind kind, boolean all) implements OperatorFactory {
        public Factory {
            inputs = List.copyOf(inputs);
        }

        @Override
        public List<DataType> types() {
            return inputs.get(0).types();
        }

        @Override
        public Operator create(Run run) {
            return new SetOperator(run, this);
        }
    }

    private final Factory factory;
    private final GroupTable table;
    private long[] counts = {};
    private boolean compared;
    private int next;
    private long emitted;

    private SetOperator(Run run, Factory factory) {
        super(run, factory.inputs, "the rows of " + factory.kind);
        this.factory = factory;
        this.table = GroupTable.of(factory.types());
    }

    @Override
    @Nullable
    Batch produce() {
        if (!compared) {
            compared = true;
            first();
            for (int input = 1; input < factory.inputs.size(); input++) {
                compare(input);
            }
        }
        int[] rows = new int[Batch.SIZE];
        int size = 0;
        int from = next;
        while (next < table.size() && size < Batch.SIZE && next - from < Batch.SIZE) {
            long wanted = factory.all ? counts[next] : Math.min(1, counts[next]);
            while (emitted < wanted && size < Batch.SIZE) {
                rows[size++] = next - from;
                emitted++;
            }
            if (emitted == wanted) {
                next++;
                emitted = 0;
            }
        }
        if (from == table.size()) {
            return null;
        }
        int count = size;
        List<Vector> keys = table.keys(from, Math.min(table.size(), next + 1));
        return Batch.of(keys.stream().map(column -> column.gather(rows, count)).toList(), count);
    }

    private void first() {
        for (Batch batch = pull(0); batch != null; batch = pull(0)) {
            int[] ids = new int[batch.size()];
            Vector[] columns = batch.columns().toArray(Vector[]::new);
            table.put(columns, batch.selection().positions(), batch.size(), ids);
            if (counts.length < table.size()) {
                counts = Arrays.copyOf(counts, Growth.grown(counts.length, table.size()));
            }
            for (int id : ids) {
                counts[id]++;
            }
            memory.hold(table.heapBytes() + 8L * counts.length);
        }
    }

    private void compare(int input) {
        long[] others = new long[table.size()];
        for (Batch batch = pull(input); batch != null; batch = pull(input)) {
            int[] ids = new int[batch.size()];
            Vector[] columns = batch.columns().toArray(Vector[]::new);
            table.find(columns, batch.selection().positions(), batch.size(), ids);
            for (int id : ids) {
                if (id >= 0) {
                    others[id]++;
                }
            }
        }
        for (int id = 0; id < others.length; id++) {
            counts[id] = switch (factory.kind) {
                case INTERSECT -> Math.min(counts[id], others[id]);
                case EXCEPT -> factory.all ? Math.max(0, counts[id] - others[id]) : others[id] > 0 ? 0 : counts[id];
            };
        }
    }
}
