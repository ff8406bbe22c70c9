// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.store.RowFilter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scan of some rows of another scan, whose last column has the numbers of the rows.
 *
 * @param splits those that hold such a row
 */
record SomeRows(Scan numbered, RowSet rows, List<Split> splits) implements Scan {
    static SomeRows of(Scan numbered, RowSet rows) {
        List<Split> splits = new ArrayList<>();
        long firstRow = 0;
        for (Split split : numbered.splits()) {
            long end = firstRow + split.rowCount();
            if (rows.overlaps(firstRow, end)) {
                splits.add(split);
            }
            firstRow = end;
        }
        return new SomeRows(numbered, rows, List.copyOf(splits));
    }

    @Override
    public Schema schema() {
        Schema all = numbered.schema();
        return new Schema(all.fields().subList(0, all.size() - 1));
    }

    @Override
    public BatchSource open(Split split) {
        return open(split, List.of(), new ScanCounters());
    }

    @Override
    public BatchSource open(Split split, List<RowFilter> filters, ScanCounters counters) {
        int column = numbered.schema().size() - 1;
        List<RowFilter> all = new ArrayList<>();
        all.add(rows.filter(column));
        all.addAll(filters);
        BatchSource source = numbered.open(split, all, counters);
        return new BatchSource() {
            @Override
            public @Nullable Batch next() {
                Batch batch = source.next();
                return batch == null
                        ? null
                        : new Batch(batch.columns().subList(0, column), batch.rowCount(), batch.selection());
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }
}
