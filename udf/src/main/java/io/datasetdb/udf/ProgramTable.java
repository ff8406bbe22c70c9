// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the calling program as a table function without parameters.
 *
 * @param name how SQL calls it
 * @param schema the columns of the batches
 * @param rowCount rows, or -1 if unknown
 * @param rows opened once for each reading
 */
public record ProgramTable(String name, Schema schema, long rowCount, Supplier<BatchSource> rows)
        implements TableFunction, BoundTable {
    /** The same rows under another name. */
    public ProgramTable withName(String newName) {
        return new ProgramTable(newName, schema, rowCount, rows);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public String description() {
        return "Rows of the calling program.";
    }

    @Override
    public String example() {
        return "SELECT * FROM TABLE(\"" + name + "\"())";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> arguments, DatasetStore store) {
        return this;
    }

    @Override
    public List<String> inputs() {
        return List.of();
    }

    @Override
    public Scan scan(ScanRequest request) {
        return new Whole(this, request.columns());
    }

    private record AllRows(long rowCount) implements Scan.Split {}

    private record Whole(ProgramTable table, List<ColumnPath> columns) implements Scan {
        @Override
        public Schema schema() {
            List<Field> fields = new ArrayList<>();
            for (ColumnPath column : columns) {
                List<Field> level = table.schema().fields();
                Field field = null;
                boolean nullable = false;
                for (String name : column.names()) {
                    field = level.get(ordinal(level, name));
                    nullable |= field.nullable();
                    level = field.type() instanceof DataType.Row row ? row.fields() : List.of();
                }
                if (field == null) {
                    throw new IllegalArgumentException("an empty column path");
                }
                fields.add(new Field(column.toString(), field.type(), nullable));
            }
            return new Schema(fields);
        }

        private static int ordinal(List<Field> fields, String name) {
            return new Schema(fields).indexOf(name);
        }

        @Override
        public List<Scan.Split> splits() {
            return List.of(new AllRows(table.rowCount()));
        }

        @Override
        public BatchSource open(Scan.Split split) {
            BatchSource source = table.rows().get();
            return new BatchSource() {
                @Override
                public @Nullable Batch next() {
                    Batch batch = source.next();
                    return batch == null ? null : projected(batch);
                }

                @Override
                public void close() {
                    source.close();
                }
            };
        }

        private Batch projected(Batch batch) {
            List<Vector> result = new ArrayList<>();
            for (ColumnPath column : columns) {
                List<String> names = column.names();
                Vector vector = batch.column(ordinal(table.schema().fields(), names.get(0)));
                for (String name : names.subList(1, names.size())) {
                    List<Field> fields = ((DataType.Row) vector.type()).fields();
                    // Where the row is NULL its fields are, so that the field alone says enough.
                    vector = ((RowVector) vector.flatten()).field(ordinal(fields, name));
                }
                result.add(vector);
            }
            return new Batch(result, batch.rowCount(), batch.selection());
        }
    }
}
