// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.rows.TopRows;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How good the most important key of a row must be for the row to be among the first ones of an order, as far as is known by
 * now: every thread that finds better rows tightens it, and the scans below leave out what is worse before they decode its
 * other columns, whole row groups where statistics tell.
 */
final class TopBound implements ColumnFilter {
    private final SortKey key;
    private final AtomicReference<TopRows.@Nullable Bound> bound = new AtomicReference<>();

    TopBound(SortKey key) {
        this.key = key;
    }

    /** Takes note of the best rows of one thread. */
    void tighten(TopRows rows) {
        TopRows.Bound own = rows.bound();
        if (own != null) {
            bound.accumulateAndGet(own, (known, more) -> known == null || isTighter(more, known) ? more : known);
        }
    }

    private boolean isTighter(TopRows.@Nullable Bound bound, TopRows.Bound than) {
        if (bound == null || bound.isNull() || than.isNull()) {
            return bound != null && bound.isNull() != than.isNull() && bound.isNull() == key.nullsFirst();
        }
        return key.ascending() ? bound.word() < than.word() : bound.word() > than.word();
    }

    @Override
    public ScanFilter.Part part(int column, ColumnPath path, DataType type) {
        return new Part(column, path);
    }

    /** The filter for one thread. */
    private final class Part implements ScanFilter.Part, RowFilter {
        private final int column;
        private final ColumnPath path;
        private long[] words = {};

        Part(int column, ColumnPath path) {
            this.column = column;
            this.path = path;
        }

        @Override
        public RowFilter rows() {
            return this;
        }

        @Override
        public @Nullable Predicate predicate() {
            TopRows.Bound known = bound.get();
            if (known == null || known.isNull()) {
                return known != null && key.nullsFirst() ? new Predicate.IsNull(path) : null;
            }
            Predicate.Operator operator = key.ascending()
                    ? known.strict() ? Predicate.Operator.LESS : Predicate.Operator.LESS_OR_EQUAL
                    : known.strict() ? Predicate.Operator.GREATER : Predicate.Operator.GREATER_OR_EQUAL;
            Predicate better = new Predicate.Comparison(path, operator, known.value());
            return key.nullsFirst() ? new Predicate.Or(List.of(new Predicate.IsNull(path), better)) : better;
        }

        @Override
        public List<Integer> columns() {
            return List.of(column);
        }

        @Override
        public Selection filter(Batch batch, Selection selection) {
            TopRows.Bound known = bound.get();
            if (known == null) {
                return selection;
            }
            int[] kept = new int[selection.size()];
            int size = filter(known, batch.column(0), selection.positions(), selection.size(), kept);
            return size == kept.length ? selection : Selection.of(kept, size);
        }

        @Override
        public boolean rejectsAll(Vector dictionary) {
            TopRows.Bound known = bound.get();
            int size = dictionary.size();
            return known != null
                    && !key.nullsFirst()
                    && filter(known, dictionary, Selection.all(size).positions(), size, new int[size]) == 0;
        }

        private int filter(TopRows.Bound known, Vector vector, int[] positions, int count, int[] kept) {
            if (words.length < count) {
                words = new long[count];
            }
            return known.filter(key, vector, positions, count, words, kept);
        }
    }
}
