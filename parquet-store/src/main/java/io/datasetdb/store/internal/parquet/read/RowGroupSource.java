// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a row group, of {@link Batch#SIZE} rows unless rows are very large. The file is opened with the first
 * batch, and not at all if no column is wanted.
 */
final class RowGroupSource implements BatchSource {
    /** Bytes of one column, as the footer knows them, beyond which a batch gets fewer rows. */
    private static final long MAX_COLUMN_BYTES = 64L << 20;

    private final Storage storage;
    private final RowGroupSplit split;
    private final List<ColumnPath> paths;
    private final Schema schema;
    private final int batchRows;
    private long rowsLeft;
    private Storage.@Nullable Input input;
    private @Nullable List<@Nullable NodeReader> columns;

    RowGroupSource(Storage storage, RowGroupSplit split, List<ColumnPath> paths, Schema schema) {
        this.storage = storage;
        this.split = split;
        this.paths = paths;
        this.schema = schema;
        this.rowsLeft = split.rowCount();
        this.batchRows = batchRows();
    }

    private int batchRows() {
        long largest = 0;
        for (ColumnPath path : paths) {
            for (ColumnChunkMetaData chunk : split.rowGroup().chunksBelow(path)) {
                largest = Math.max(largest, chunk.getTotalUncompressedSize());
            }
        }
        long bytesPerRow = Math.max(1, largest / Math.max(1, split.rowCount()));
        return (int) Math.max(1, Math.min(Batch.SIZE, MAX_COLUMN_BYTES / bytesPerRow));
    }

    @Override
    public @Nullable Batch next() {
        if (rowsLeft == 0) {
            return null;
        }
        int rows = (int) Math.min(batchRows, rowsLeft);
        List<Vector> vectors = new ArrayList<>(schema.size());
        if (!paths.isEmpty()) {
            List<@Nullable NodeReader> readers = columns();
            for (int i = 0; i < readers.size(); i++) {
                vectors.add(read(readers.get(i), schema.field(i), rows));
            }
        }
        rowsLeft -= rows;
        if (rowsLeft == 0) {
            finish();
        }
        return Batch.of(vectors, rows);
    }

    private Vector read(@Nullable NodeReader reader, Field field, int rows) {
        if (reader == null) {
            return ConstantVector.ofNull(field.type(), rows);
        }
        reader.read(rows);
        Vector vector = reader.checked(reader.assemble(), rows);
        if (vector.mayHaveNulls() && !field.nullable()) {
            throw new DatasetDbException(
                    StoreError.FILE_DAMAGED,
                    "Cannot read column " + field.name() + " of "
                            + split.footer().location() + ": it holds a NULL, which it must not");
        }
        return vector;
    }

    private List<@Nullable NodeReader> columns() {
        List<@Nullable NodeReader> readers = columns;
        if (readers == null) {
            Storage.Input opened = storage.open(split.footer().path());
            input = opened;
            NodeOpener opener = new NodeOpener(opened, split);
            readers = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                readers.add(opener.open(paths.get(i), schema.field(i)));
            }
            columns = readers;
        }
        return readers;
    }

    private void finish() {
        List<@Nullable NodeReader> readers = columns;
        if (readers != null) {
            for (NodeReader reader : readers) {
                if (reader != null) {
                    reader.expectEnd();
                }
            }
        }
        close();
    }

    @Override
    public void close() {
        rowsLeft = 0;
        columns = null;
        Storage.Input opened = input;
        input = null;
        if (opened != null) {
            opened.close();
        }
    }
}
