// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import io.datasetdb.vector.VectorError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as batches. */
public final class RecordWriter {
    private final String name;
    private final RowEncoder encoder;
    private long rowCount;

    private RecordWriter(String name, RowEncoder encoder) {
        this.name = name;
        this.encoder = encoder;
    }

    public static RecordWriter of(Class<?> type) {
        return new RecordWriter(type.getSimpleName(), Encoders.ofRecord(type));
    }

    /** Looks at rows before the schema is asked for: BigDecimals tell their scale. */
    public void observe(List<?> rows) {
        rows.forEach(encoder::observe);
    }

    /** The columns: one a component. */
    public Schema schema() {
        return new Schema(encoder.fields());
    }

    /** Rows as a batch of these columns. */
    public Batch batch(List<? extends @Nullable Object> rows, Schema schema) {
        List<VectorBuilder> builders = schema.fields().stream()
                .map(field -> VectorBuilder.of(field.type(), rows.size()))
                .toList();
        for (Object row : rows) {
            if (row == null) {
                throw new DatasetDbException(ProgramError.NULL_VALUE, "Cannot store a row of " + name + ": it is null");
            }
            rowCount++;
            List<@Nullable Object> values = encoder.values(row);
            for (int i = 0; i < builders.size(); i++) {
                append(builders.get(i), values.get(i), schema.field(i).name());
            }
        }
        List<Vector> columns = new ArrayList<>();
        builders.forEach(builder -> columns.add(builder.build()));
        return Batch.of(columns, rows.size());
    }

    private void append(VectorBuilder builder, @Nullable Object value, String component) {
        try {
            builder.append(value);
        } catch (ArithmeticException e) {
            throw new DatasetDbException(
                    ProgramError.BAD_VALUE,
                    "Cannot store component " + component + " of " + name + ": the value does not fit " + builder.type()
                            + " (" + value + ")",
                    e);
        } catch (DatasetDbException e) {
            if (e.code() != VectorError.BAD_TEXT) {
                throw e;
            }
            String message = String.valueOf(e.getMessage());
            throw new DatasetDbException(
                    e.code(),
                    "Cannot store component " + component + " of " + name + " in row " + rowCount
                            + message.substring(message.indexOf(": ")),
                    e);
        }
    }
}
