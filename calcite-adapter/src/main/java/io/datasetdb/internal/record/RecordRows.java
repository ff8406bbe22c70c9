// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of an iterator as batches, once. The first batch is looked at before the schema is known. */
public final class RecordRows implements BatchSource {
    private final Iterator<?> rows;
    private final Class<?> type;
    private final RecordWriter writer;
    private final Schema schema;
    private @Nullable List<Object> first;
    private long taken;

    /**
     * Takes the first rows.
     *
     * @param type the record; {@code null} for that of the first row
     */
    public RecordRows(Iterator<?> rows, @Nullable Class<?> type) {
        this.rows = rows;
        List<Object> begin = take();
        if (type == null && begin.isEmpty()) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT,
                    "Cannot deposit the stream: it is empty, so that its record is not known, give the class");
        }
        this.type = type == null ? begin.get(0).getClass() : type;
        this.writer = RecordWriter.of(this.type);
        checkTypes(begin);
        writer.observe(begin);
        this.schema = writer.schema();
        this.first = begin;
    }

    /** Records that the writer has seen all of. */
    public RecordRows(Iterator<?> rows, Class<?> type, RecordWriter writer) {
        this.rows = rows;
        this.type = type;
        this.writer = writer;
        this.schema = writer.schema();
    }

    public Schema schema() {
        return schema;
    }

    /** The record. */
    public Class<?> type() {
        return type;
    }

    private List<Object> take() {
        List<Object> result = new ArrayList<>();
        try {
            while (result.size() < Batch.SIZE && rows.hasNext()) {
                Object row = rows.next();
                if (row == null) {
                    throw new DatasetDbException(
                            ProgramError.NULL_VALUE, "Cannot deposit the stream: its row " + (taken + 1) + " is null");
                }
                taken++;
                result.add(row);
            }
        } catch (DatasetDbException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DatasetDbException(
                    ProgramError.ROWS_FAILED,
                    "Cannot deposit the stream: it failed after " + taken + " rows (" + e + ")",
                    e);
        }
        return result;
    }

    private void checkTypes(List<Object> batch) {
        for (Object row : batch) {
            if (!type.isInstance(row)) {
                throw new DatasetDbException(
                        ProgramError.MISMATCH,
                        "Cannot deposit the stream: it has a " + row.getClass().getSimpleName()
                                + " among its rows of record " + type.getSimpleName() + " (" + row + ")");
            }
        }
    }

    @Override
    public @Nullable Batch next() {
        List<Object> batch = first;
        first = null;
        if (batch == null) {
            batch = take();
            checkTypes(batch);
        }
        return batch.isEmpty() ? null : writer.batch(batch, schema);
    }

    @Override
    public void close() {}
}
