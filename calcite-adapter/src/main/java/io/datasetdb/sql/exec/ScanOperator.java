// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.store.Scan;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the splits of a scan one after the other, which yields the rows in stored order. */
public final class ScanOperator implements Operator {
    /**
     * @param scan what to read
     */
    public record Factory(Scan scan) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return scan.schema().fields().stream().map(Field::type).toList();
        }

        @Override
        public Operator create(Run run) {
            return new ScanOperator(run, scan);
        }
    }

    private final Run run;
    private final Scan scan;
    private final Iterator<Scan.Split> splits;
    private @Nullable BatchSource current;

    private ScanOperator(Run run, Scan scan) {
        this.run = run;
        this.scan = scan;
        this.splits = scan.splits().iterator();
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            run.checkCancelled();
            BatchSource source = current;
            if (source == null) {
                if (!splits.hasNext()) {
                    return null;
                }
                source = scan.open(splits.next());
                current = source;
            }
            Batch batch = source.next();
            if (batch == null) {
                closeCurrent();
            } else if (batch.size() > 0) {
                return batch;
            }
        }
    }

    @Override
    public void close() {
        while (splits.hasNext()) {
            splits.next();
        }
        closeCurrent();
    }

    private void closeCurrent() {
        BatchSource source = current;
        current = null;
        if (source != null) {
            source.close();
        }
    }
}
