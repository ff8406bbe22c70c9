// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.join.KeyFilter;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a join's one side for the scans of its other one, where rows without a match are of no use. Keys that let nearly
 * everything pass are not asked any more.
 */
record KeyColumnFilter(KeyFilter keys) implements ColumnFilter {
    /** After how many rows a filter must have shown what it is good for. */
    private static final long TRIAL_ROWS = 8 * Batch.SIZE;

    @Override
    public ScanFilter.Part part(int column, ColumnPath path, DataType type) {
        return new Asked(keys, column, keys.range(path, type));
    }

    private static final class Asked implements ScanFilter.Part, RowFilter {
        private final KeyFilter filter;
        private final int column;
        private final @Nullable Predicate predicate;
        private long seen;
        private long passed;
        private long[] scratch = {};

        Asked(KeyFilter filter, int column, @Nullable Predicate predicate) {
            this.filter = filter;
            this.column = column;
            this.predicate = predicate;
        }

        @Override
        public @Nullable RowFilter rows() {
            return isUseless() ? null : this;
        }

        @Override
        public @Nullable Predicate predicate() {
            return predicate;
        }

        private boolean isUseless() {
            return seen >= TRIAL_ROWS && passed > seen - seen / 5;
        }

        @Override
        public List<Integer> columns() {
            return List.of(column);
        }

        @Override
        public Selection filter(Batch batch, Selection selection) {
            if (isUseless()) {
                return selection;
            }
            int count = selection.size();
            int[] kept = new int[count];
            int size = filter(batch.column(0), selection.positions(), count, kept);
            seen += count;
            passed += size;
            return size == count ? selection : Selection.of(kept, size);
        }

        @Override
        public boolean rejectsAll(Vector dictionary) {
            int size = dictionary.size();
            return filter(dictionary, Selection.all(size).positions(), size, new int[size]) == 0;
        }

        private int filter(Vector vector, int[] positions, int count, int[] kept) {
            if (scratch.length < count) {
                scratch = new long[count];
            }
            return filter.filter(vector, positions, count, kept, scratch);
        }
    }
}
