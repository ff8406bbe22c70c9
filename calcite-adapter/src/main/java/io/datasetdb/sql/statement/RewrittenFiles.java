// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of neighbouring files of which each holds changed rows, as they are after the change, in their order. */
final class RewrittenFiles implements BatchSource {
    private static final int UNCHANGED = -1;

    private final ChangeBase base;
    private final List<ColumnPath> columns;
    private final ChangeCursor changes;
    private final ContentHash hash;
    private @Nullable Scan scan;
    private Iterator<Scan.Split> splits = Collections.emptyIterator();
    private @Nullable BatchSource split;
    private int nextFile;
    private long firstRow;

    /**
     * @param base to which the files belong
     * @param file the number of the first file
     * @param firstRow the number of its first row in the version
     * @param changes at the first change of this file; moved behind the last change of the last file
     * @param hash from which rows are taken as they were before they changed, and to which they are added as they are then
     */
    RewrittenFiles(ChangeBase base, int file, long firstRow, ChangeCursor changes, ContentHash hash) {
        this.base = base;
        this.columns = base.schema().fields().stream()
                .map(Field::name)
                .map(ColumnPath::of)
                .toList();
        this.nextFile = file;
        this.firstRow = firstRow;
        this.changes = changes;
        this.hash = hash;
    }

    /** The number of the first file, after those that were read, that holds no changed row. */
    int nextFile() {
        return nextFile;
    }

    /** The number of that file's first row. */
    long firstRow() {
        return firstRow;
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            BatchSource source = split;
            if (source == null) {
                source = nextSplit();
                if (source == null) {
                    return null;
                }
                split = source;
            }
            Batch batch = source.next();
            if (batch == null) {
                close();
                continue;
            }
            Batch changed = changed(batch.compact());
            firstRow += batch.size();
            if (changed.size() > 0) {
                return changed;
            }
        }
    }

    private @Nullable BatchSource nextSplit() {
        while (!splits.hasNext()) {
            List<DataFile> files = base.files();
            if (nextFile == files.size()
                    || changes.row() >= firstRow + files.get(nextFile).rowCount()) {
                return null;
            }
            // What is read to be replaced is not kept in memory at the cost of what is read again.
            ScanRequest request = new ScanRequest(columns, null, false);
            scan = base.scan(files.get(nextFile), request);
            splits = scan.splits().iterator();
            nextFile++;
        }
        return Objects.requireNonNull(scan).open(splits.next());
    }

    private Batch changed(Batch batch) {
        int size = batch.size();
        if (changes.row() >= firstRow + size) {
            return batch;
        }
        int[] before = new int[size];
        int[] after = new int[size];
        int changed = 0;
        int updated = 0;
        boolean[] isDeleted = new boolean[size];
        @Nullable NewValues[] values = new NewValues[columns.size()];
        while (changes.row() < firstRow + size) {
            int position = (int) (changes.row() - firstRow);
            ChangeClause clause = changes.clause();
            isDeleted[position] = clause.kind() == ChangeClause.Kind.DELETE;
            before[changed++] = position;
            if (!isDeleted[position]) {
                after[updated++] = position;
            }
            for (int i = 0; i < clause.columns().size(); i++) {
                int column = clause.columns().get(i);
                NewValues known = values[column];
                if (known == null) {
                    known = new NewValues(batch.column(column), size);
                    values[column] = known;
                }
                known.set(position, changes, clause.firstValue() + i);
            }
            changes.advance();
        }
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            NewValues known = values[i];
            vectors.add(known == null ? batch.column(i) : known.build());
        }
        Batch result = Batch.of(vectors, size);
        hash.remove(batch.select(Selection.of(before, changed)));
        hash.add(result.select(Selection.of(after, updated)));
        return changed == updated ? result : result.select(others(isDeleted));
    }

    private static Selection others(boolean[] isDeleted) {
        int[] kept = new int[isDeleted.length];
        int count = 0;
        for (int i = 0; i < isDeleted.length; i++) {
            if (!isDeleted[i]) {
                kept[count++] = i;
            }
        }
        return Selection.of(kept, count);
    }

    /** A column of a batch in which some values are replaced. */
    private static final class NewValues {
        private final Vector before;
        private final int[] replaced;
        private final VectorBuilder values;

        NewValues(Vector before, int size) {
            this.before = before;
            this.replaced = new int[size];
            Arrays.fill(replaced, UNCHANGED);
            this.values = VectorBuilder.of(before.type(), size);
        }

        void set(int position, ChangeCursor changes, int column) {
            replaced[position] = values.size();
            changes.append(column, values);
        }

        Vector build() {
            Vector fresh = values.build();
            VectorBuilder all = VectorBuilder.of(before.type(), replaced.length);
            for (int i = 0; i < replaced.length; i++) {
                if (replaced[i] == UNCHANGED) {
                    all.append(before, i);
                } else {
                    all.append(fresh, replaced[i]);
                }
            }
            return all.build();
        }
    }

    @Override
    public void close() {
        BatchSource source = split;
        split = null;
        if (source != null) {
            source.close();
        }
    }
}
