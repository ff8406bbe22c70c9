// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;

/** Rows on their way to a target. Closing them before they are finished leaves nothing. For one thread. */
public interface CopiedRows extends AutoCloseable {
    /** Begins; fails if something is there that is not to give way. Partitioned rows come sorted by their partitions. */
    static CopiedRows begin(CopyTarget target, Schema schema, CopyOptions options) {
        target.check(options);
        return options.partitions().isEmpty()
                ? new OneFile(RowFile.begin(target.store(), target.location(), schema, options, options.overwrite()))
                : new PartitionedRows(target, schema, options);
    }

    /** Appends the selected rows. */
    void write(Batch batch);

    /** Makes everything visible; answers the bytes of all files. */
    long finish();

    /** How many files there are. */
    int fileCount();

    @Override
    void close();

    /** One file. */
    record OneFile(RowFile file) implements CopiedRows {
        @Override
        public void write(Batch batch) {
            file.write(batch);
        }

        @Override
        public long finish() {
            return file.finish();
        }

        @Override
        public int fileCount() {
            return 1;
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
