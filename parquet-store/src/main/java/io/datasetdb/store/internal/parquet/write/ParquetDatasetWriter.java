// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.store.internal.parquet.ParquetSchemas;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code part-00000.parquet}, {@code part-00001.parquet} … into one folder. Rows are collected column by column until
 * a row group is full (of rows, or of bytes where rows are large) and then encoded and written at once; a new file begins
 * when one has reached the size that the options ask for. After a failure the writer only can be closed, which removes all
 * its files. For one thread.
 */
public final class ParquetDatasetWriter implements DatasetWriter {
    /** A row group ends early at this many bytes, so that wide rows do not fill the heap. */
    private static final long ROW_GROUP_BYTES = 64L << 20;

    private static final int MIN_SLICE = 16;
    private static final int MAX_SLICE = 8192;
    private static final long SLICE_BYTES = 2L << 20;

    private final Storage storage;
    private final String folder;
    private final WriteOptions options;
    private final MessageType type;
    private final BatchShredder shredder;
    private final ChunkEncoder encoder;
    private final int columns;
    private final List<DataFile> files = new ArrayList<>();
    private @Nullable PartFile current;
    private int created;
    private int groupRows;
    private long rows;
    private int slice = MIN_SLICE;
    private State state = State.OPEN;

    public ParquetDatasetWriter(Storage storage, String folder, Schema schema, WriteOptions options) {
        if (schema.size() == 0 || options.rowGroupRows() < 1) {
            throw new DatasetDbException(
                    StoreError.BAD_VALUE,
                    "Cannot write to " + folder + ": a file has at least one column and a row group one row ("
                            + schema.size() + " columns, " + options.rowGroupRows() + " rows)");
        }
        this.storage = storage;
        this.folder = folder;
        this.options = options;
        this.type = ParquetSchemas.toMessageType(schema);
        this.columns = schema.size();
        this.shredder = new BatchShredder(schema, type);
        this.encoder = new ChunkEncoder(new PageCompressor(options.codec()));
    }

    @Override
    public void write(Batch batch) {
        requireOpen();
        if (batch.columns().size() != columns) {
            throw new DatasetDbException(
                    StoreError.BAD_VALUE,
                    "Cannot write rows to " + folder + ": they need " + columns + " columns ("
                            + batch.columns().size() + ")");
        }
        state = State.FAILED;
        int done = 0;
        while (done < batch.size()) {
            int count = Math.min(Math.min(slice, batch.size() - done), options.rowGroupRows() - groupRows);
            append(batch, done, count);
            done += count;
        }
        state = State.OPEN;
    }

    private void append(Batch batch, int from, int count) {
        long before = shredder.bytes();
        shredder.append(batch, rows(batch.selection(), from, count));
        long after = shredder.bytes();
        if (after - before > SLICE_BYTES) {
            slice = Math.max(MIN_SLICE, slice / 2);
        } else {
            slice = Math.min(MAX_SLICE, slice * 2);
        }
        rows += count;
        groupRows += count;
        if (groupRows >= options.rowGroupRows() || after >= ROW_GROUP_BYTES) {
            flush();
        }
    }

    private static Slots rows(Selection selection, int from, int count) {
        if (selection.isAll()) {
            return Slots.range(from, count);
        }
        int[] positions = selection.positions();
        return Slots.of(from == 0 ? positions : Arrays.copyOfRange(positions, from, from + count), count);
    }

    /** Writes the collected rows as a row group, into a new file if the last one is full. */
    private void flush() {
        if (groupRows == 0) {
            return;
        }
        PartFile file = current == null ? begin() : current;
        file.writeRowGroup(shredder.leaves(), groupRows);
        groupRows = 0;
        for (LeafBuffer leaf : shredder.leaves()) {
            leaf.reset();
        }
        if (file.position() >= options.fileBytes()) {
            complete(file);
        }
    }

    private PartFile begin() {
        String name = String.format(Locale.ROOT, "part-%05d.parquet", options.firstPart() + created);
        String path = folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
        PartFile file = new PartFile(storage, path, type, encoder);
        current = file;
        created++;
        file.begin();
        return file;
    }

    private void complete(PartFile file) {
        files.add(file.finish(shredder.summaries()));
        current = null;
    }

    @Override
    public long rowCount() {
        return rows;
    }

    @Override
    public List<DataFile> finish() {
        requireOpen();
        state = State.FAILED;
        flush();
        if (current == null && files.isEmpty()) {
            begin();
        }
        if (current != null) {
            complete(current);
        }
        storage.sync(folder);
        state = State.FINISHED;
        return List.copyOf(files);
    }

    @Override
    public void close() {
        if (state == State.FINISHED || state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        try {
            if (current != null) {
                current.close();
            }
        } finally {
            for (DataFile file : files) {
                storage.delete(file.path());
            }
        }
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new DatasetDbException(
                    StoreError.WRITE_FAILED,
                    "Cannot write to " + folder + ": the writer is no longer open ("
                            + state.name().toLowerCase(Locale.ROOT) + ")");
        }
    }

    private enum State {
        OPEN,
        FAILED,
        FINISHED,
        CLOSED
    }
}
