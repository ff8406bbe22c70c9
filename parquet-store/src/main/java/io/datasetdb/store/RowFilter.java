// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides, while a split is read, which rows come back. A scan decodes the columns of its filters first and all others only
 * where rows have passed. One instance serves one thread.
 */
public interface RowFilter {
    /** The columns it looks at, by position in {@link Scan#schema()}; there may be none. */
    List<Integer> columns();

    /**
     * The positions of {@code selection} at which rows pass.
     *
     * @param batch just the vectors of {@link #columns()}, in that order; {@code batch.rowCount()} rows of the scan
     */
    Selection filter(Batch batch, Selection selection);

    /**
     * Whether certainly no row passes that has its only column's value from {@code dictionary}, or NULL. Asked at most once
     * per split and only of filters over one column; false is always right.
     */
    default boolean rejectsAll(Vector dictionary) {
        return false;
    }

    /**
     * What is known of values in the rows that pass, for those who can find rows by it; columns are paths as the scan's request
     * had them. {@code null} if nothing is.
     */
    default @Nullable Predicate predicate() {
        return null;
    }

    /** The batches of {@code source} with only the rows that pass all filters; those without such a row are left out. */
    static BatchSource filtered(BatchSource source, List<RowFilter> filters, ScanCounters counters) {
        if (filters.isEmpty()) {
            return source;
        }
        return new BatchSource() {
            @Override
            public @Nullable Batch next() {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    Selection rest = batch.selection();
                    for (RowFilter filter : filters) {
                        if (!rest.isEmpty()) {
                            rest = filter.filter(columns(batch, filter.columns()), rest);
                        }
                    }
                    counters.add(ScanCounters.Figure.ROWS_READ, batch.size());
                    counters.add(ScanCounters.Figure.ROWS_DROPPED, batch.size() - rest.size());
                    if (!rest.isEmpty()) {
                        return batch.select(rest);
                    }
                }
                return null;
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    private static Batch columns(Batch batch, List<Integer> ordinals) {
        List<Vector> vectors = new ArrayList<>(ordinals.size());
        for (int ordinal : ordinals) {
            vectors.add(batch.column(ordinal));
        }
        return Batch.of(vectors, batch.rowCount());
    }
}
