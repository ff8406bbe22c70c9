// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows that the step before of a {@link RecursiveOperator} yielded. */
public final class WorkingTableOperator implements Operator {
    /**
     * @param table the key that the {@link RecursiveOperator} has, too; compared by identity or equality
     */
    public record Factory(Object table, List<DataType> types) implements OperatorFactory {
        public Factory {
            types = List.copyOf(types);
        }

        @Override
        public Operator create(Run run) {
            WorkingTable rows = run.shared(table, WorkingTable::new);
            return new WorkingTableOperator(run, rows.rows().iterator());
        }
    }

    private final Run run;
    private final Iterator<Batch> rows;
    private boolean closed;

    private WorkingTableOperator(Run run, Iterator<Batch> rows) {
        this.run = run;
        this.rows = rows;
    }

    @Override
    public @Nullable Batch next() {
        run.checkCancelled();
        return !closed && rows.hasNext() ? rows.next() : null;
    }

    @Override
    public void close() {
        closed = true;
    }
}
