// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.List;

/** A draft that is made out of another state of the dataset: collects its files in the order of their rows. */
final class NextVersion {
    private final Deposit deposit;
    private final VersionDraft draft;
    private final ChangeBase base;
    private final Schema values;
    private final String action;
    private final ContentHash hash;
    private Schema columns;
    private long bytes;

    /**
     * @param values the columns, and whether NULLs may come into them
     * @param action what is being done, as a sentence after "Cannot" says it
     */
    NextVersion(Deposit deposit, VersionDraft draft, ChangeBase base, Schema values, String action) {
        this.deposit = deposit;
        this.draft = draft;
        this.base = base;
        this.values = values;
        this.action = action;
        this.hash = new ContentHash(base.schema(), false);
        this.columns = base.schema();
    }

    /** Shares the files without changed rows. Those that hold some are written anew, together if they are neighbours. */
    void addFiles(ChangeCursor changes) {
        List<DataFile> files = base.files();
        long firstRow = 0;
        int next = 0;
        while (next < files.size()) {
            DataFile file = files.get(next);
            if (changes.row() >= firstRow + file.rowCount()) {
                draft.share(file);
                firstRow += file.rowCount();
                next++;
            } else {
                try (RewrittenFiles rewritten = new RewrittenFiles(base, next, firstRow, changes, hash)) {
                    write(rewritten);
                    firstRow = rewritten.firstRow();
                    next = rewritten.nextFile();
                }
            }
        }
    }

    /** Writes new rows to files that come next. */
    void add(BatchSource source) {
        HashedRows rows = HashedRows.of(source, base.schema(), false);
        write(rows);
        hash.add(rows.hash());
    }

    private void write(BatchSource source) {
        ChangedRows rows = new ChangedRows(source, action, base.schema(), base.declaredNotNull());
        for (DataFile file : deposit.write(draft, rows.writable(values), rows)) {
            draft.add(file);
            bytes += file.byteSize();
        }
        columns = rows.columns(columns);
    }

    /** The columns of all files so far. */
    Schema columns() {
        return columns;
    }

    /** The rows that were added to those of the other version and removed from them, so far. */
    ContentHash changes() {
        return hash;
    }

    long bytesWritten() {
        return bytes;
    }
}
