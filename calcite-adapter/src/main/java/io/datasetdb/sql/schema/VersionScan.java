// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A read of a version's files, of which each failure names the version too: a file that is missing or damaged is found by
 * its own name, what is lost by the version's.
 */
record VersionScan(Scan files, VersionRef version) implements Scan {
    @Override
    public Schema schema() {
        return files.schema();
    }

    @Override
    public List<Split> splits() {
        return named(files::splits);
    }

    @Override
    public BatchSource open(Split split) {
        return open(split, List.of(), new ScanCounters());
    }

    @Override
    public boolean mayMatch(Split split, Predicate predicate) {
        return files.mayMatch(split, predicate);
    }

    @Override
    public BatchSource open(Split split, List<RowFilter> filters, ScanCounters counters) {
        BatchSource source = named(() -> files.open(split, filters, counters));
        return new BatchSource() {
            @Override
            public @Nullable Batch next() {
                return named(source::next);
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    private <T extends @Nullable Object> T named(Supplier<T> step) {
        try {
            return step.get();
        } catch (DatasetDbException e) {
            if (!(e.code() instanceof StoreError)) {
                throw e;
            }
            throw new DatasetDbException(e.code(), e.getMessage() + "; the file belongs to version " + version, e);
        }
    }
}
