// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WITH RECURSIVE: yields the rows of a seed, then again and again those that the step makes of the rows before, until
 * it
 * makes none.
 */
public final class RecursiveOperator extends InputOperator {
    /**
     * @param step reads the rows before through a {@link WorkingTableOperator} with the same {@code table}
     * @param table the key under which the two share their rows
     * @param all UNION ALL; else rows that were there before are dropped
     * @param maxSteps how many steps may yield rows before the statement fails, or 0 for any number
     */
    public record Factory(OperatorFactory seed, OperatorFactory step, Object table, boolean all, long maxSteps)
            implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return seed.types();
        }

        @Override
        public Operator create(Run run) {
            return new RecursiveOperator(run, this);
        }
    }

    private final Factory factory;
    private final WorkingTable working;
    private final GroupTable seen;
    private List<Batch> fresh = new ArrayList<>();
    private long freshBytes;
    private long workingBytes;
    private boolean seeded;
    private long steps;
    private @Nullable Operator step;

    private RecursiveOperator(Run run, Factory factory) {
        super(run, List.of(factory.seed), "the rows of a recursive query");
        this.factory = factory;
        this.working = run.shared(factory.table, WorkingTable::new);
        this.seen = GroupTable.of(factory.types());
    }

    @Override
    @Nullable
    Batch produce() {
        while (true) {
            Batch batch = source();
            if (batch == null) {
                if (fresh.isEmpty()) {
                    return null;
                }
                startStep();
                continue;
            }
            Batch result = factory.all ? batch : unseen(batch);
            if (result.size() > 0) {
                fresh.add(result);
                freshBytes +=
                        result.columns().stream().mapToLong(Vector::heapBytes).sum();
                memory.hold(freshBytes + workingBytes + seen.heapBytes());
                return result;
            }
        }
    }

    private @Nullable Batch source() {
        if (!seeded) {
            Batch batch = pull(0);
            seeded = batch == null;
            return batch;
        }
        run.checkCancelled();
        Operator current = step;
        return current == null ? null : current.next();
    }

    private void startStep() {
        closeOwn();
        steps++;
        if (factory.maxSteps > 0 && steps > factory.maxSteps) {
            throw new DatasetDbException(
                    KernelError.INVALID_ARGUMENT,
                    "Cannot finish the recursive query: it still yields rows after the allowed number of steps ("
                            + factory.maxSteps + ")");
        }
        working.replace(fresh);
        fresh = new ArrayList<>();
        workingBytes = freshBytes;
        freshBytes = 0;
        step = factory.step.create(run);
    }

    private Batch unseen(Batch batch) {
        int count = batch.size();
        int[] positions = batch.selection().positions();
        int[] ids = new int[count];
        int next = seen.size();
        seen.put(batch.columns().toArray(Vector[]::new), positions, count, ids);
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (ids[i] == next) {
                next++;
                kept[size++] = positions[i];
            }
        }
        return batch.select(Selection.of(kept, size));
    }

    @Override
    void closeOwn() {
        Operator current = step;
        step = null;
        if (current != null) {
            current.close();
        }
    }
}
