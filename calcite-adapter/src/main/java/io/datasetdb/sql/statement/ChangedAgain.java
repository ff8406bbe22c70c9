// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a version after an UPDATE, DELETE or MERGE, in their order, without anything being written. */
final class ChangedAgain implements BatchSource {
    private final StatementContext context;
    private final DatasetVersion base;
    private final RunningQuery query;
    private final ChangeCursor changes;
    private final ContentHash hash;
    private @Nullable BatchSource part;
    private @Nullable RewrittenFiles rewritten;
    private int nextFile;
    private long firstRow;
    private boolean inserts;

    /**
     * @param query of the changes, which this closes
     */
    ChangedAgain(
            StatementContext context, DatasetVersion base, RunningQuery query, ChangeQuery changed, String action) {
        this.context = context;
        this.base = base;
        this.query = query;
        this.hash = new ContentHash(base.schema(), false);
        try {
            this.changes = new ChangeCursor(query, changed.clauses(), changed.matches(), action);
        } catch (RuntimeException | Error e) {
            query.close();
            throw e;
        }
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            BatchSource open = part;
            if (open == null) {
                open = nextPart();
                if (open == null) {
                    return null;
                }
                part = open;
            }
            query.checkNotCancelled();
            Batch batch = open.next();
            if (batch != null) {
                return batch;
            }
            endPart();
        }
    }

    private @Nullable BatchSource nextPart() {
        List<DataFile> files = base.files();
        if (nextFile < files.size()) {
            DataFile file = files.get(nextFile);
            if (changes.row() < firstRow + file.rowCount()) {
                ChangeBase before = new ChangeBase.OfVersion(base, context.store());
                rewritten = new RewrittenFiles(before, nextFile, firstRow, changes, hash);
                return rewritten;
            }
            nextFile++;
            firstRow += file.rowCount();
            return RemovedRows.open(context.store(), base, file, columns(base.schema()));
        }
        if (inserts) {
            return null;
        }
        inserts = true;
        return new InsertedRows(base.schema(), changes);
    }

    private static List<ColumnPath> columns(Schema schema) {
        return schema.fields().stream().map(Field::name).map(ColumnPath::of).toList();
    }

    private void endPart() {
        RewrittenFiles files = rewritten;
        if (files != null) {
            nextFile = files.nextFile();
            firstRow = files.firstRow();
            rewritten = null;
        }
        closePart();
    }

    private void closePart() {
        BatchSource open = part;
        part = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        try (query) {
            closePart();
        }
    }
}
