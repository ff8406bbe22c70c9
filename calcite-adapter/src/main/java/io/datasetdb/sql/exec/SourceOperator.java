// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads batches from something that is not a stored dataset: a system table, a table function. */
public final class SourceOperator implements Operator {
    /**
     * @param types the columns of the source's batches
     * @param source opens the source; called once a run
     */
    public record Factory(List<DataType> types, Function<Run, BatchSource> source) implements OperatorFactory {
        public Factory {
            types = List.copyOf(types);
        }

        @Override
        public Operator create(Run run) {
            return new SourceOperator(run, source.apply(run));
        }
    }

    private final Run run;
    private final BatchSource source;
    private boolean closed;

    private SourceOperator(Run run, BatchSource source) {
        this.run = run;
        this.source = source;
    }

    @Override
    public @Nullable Batch next() {
        while (!closed) {
            run.checkCancelled();
            Batch batch = source.next();
            if (batch == null || batch.size() > 0) {
                return batch;
            }
        }
        return null;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            source.close();
        }
    }
}
