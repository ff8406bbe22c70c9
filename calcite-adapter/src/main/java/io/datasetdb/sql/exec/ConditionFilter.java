// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.ErrorKind;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Selections;
import io.datasetdb.store.RowFilter;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of a scan for which a condition is TRUE. A condition over one dictionary-coded column is computed once an
 * entry of the dictionary, as soon as more rows than entries have been asked about.
 *
 * @param columns the scan's columns that the condition looks at
 * @param condition a BOOLEAN over just these columns, in that order
 * @param steady whether equal values always give equal results
 */
public record ConditionFilter(List<Integer> columns, Expression condition, boolean steady) implements ScanFilter {
    public ConditionFilter {
        columns = List.copyOf(columns);
    }

    @Override
    public Part start(Run run) {
        Rows rows = new Rows(this, run.bindings());
        return () -> rows;
    }

    /** The condition for one thread, with what it has learned of the dictionary at hand. */
    private static final class Rows implements RowFilter {
        private final ConditionFilter filter;
        private final Bindings bindings;
        private @Nullable Vector dictionary;
        /** Rows asked about since the dictionary came up. */
        private long asked;
        /** Which entries pass; {@code null} as long as that is not computed. */
        private boolean @Nullable [] pass;

        private boolean passesNull;
        /** Some entry, which perhaps no row refers to, cannot be computed. */
        private boolean fails;

        Rows(ConditionFilter filter, Bindings bindings) {
            this.filter = filter;
            this.bindings = bindings;
        }

        @Override
        public List<Integer> columns() {
            return filter.columns;
        }

        @Override
        public Selection filter(Batch batch, Selection selection) {
            if (filter.steady && filter.columns.size() == 1 && batch.column(0) instanceof DictionaryVector coded) {
                boolean[] known = entries(coded.dictionary(), selection.size());
                if (known != null) {
                    return byEntry(coded, known, selection);
                }
            }
            return filter.condition.filter(batch, selection, bindings);
        }

        /** Which entries pass, or {@code null} if it does not pay, or is impossible, to know. */
        private boolean @Nullable [] entries(Vector current, int rows) {
            if (current != dictionary) {
                dictionary = current;
                asked = 0;
                pass = null;
                fails = false;
            }
            asked += rows;
            if (pass == null && !fails && asked > current.size()) {
                compute(current);
            }
            return pass;
        }

        private void compute(Vector entries) {
            try {
                boolean[] result = new boolean[entries.size()];
                Selection hits = condition(entries, entries.size());
                for (int i = 0; i < hits.size(); i++) {
                    result[hits.position(i)] = true;
                }
                passesNull =
                        !condition(ConstantVector.ofNull(entries.type(), 1), 1).isEmpty();
                pass = result;
            } catch (DatasetDbException e) {
                if (e.code().kind() != ErrorKind.USER) {
                    throw e;
                }
                fails = true;
            }
        }

        private Selection condition(Vector column, int rows) {
            return filter.condition.filter(Batch.of(List.of(column), rows), Selection.all(rows), bindings);
        }

        private Selection byEntry(DictionaryVector coded, boolean[] known, Selection selection) {
            int[] ids = coded.ids();
            int size = selection.size();
            int[] positions = new int[size];
            int count = 0;
            if (coded.validity() != null) {
                for (int i = 0; i < size; i++) {
                    int p = selection.position(i);
                    positions[count] = p;
                    count += (coded.isNull(p) ? passesNull : known[ids[p]]) ? 1 : 0;
                }
            } else if (selection.isAll()) {
                for (int p = 0; p < size; p++) {
                    positions[count] = p;
                    count += known[ids[p]] ? 1 : 0;
                }
            } else {
                int[] selected = selection.positions();
                for (int i = 0; i < size; i++) {
                    int p = selected[i];
                    positions[count] = p;
                    count += known[ids[p]] ? 1 : 0;
                }
            }
            return Selections.hits(selection, positions, count);
        }

        @Override
        public boolean rejectsAll(Vector entries) {
            if (!filter.steady) {
                return false;
            }
            boolean[] known = entries(entries, entries.size() + 1);
            if (known == null || passesNull) {
                return false;
            }
            for (boolean passing : known) {
                if (passing) {
                    return false;
                }
            }
            return true;
        }
    }
}
