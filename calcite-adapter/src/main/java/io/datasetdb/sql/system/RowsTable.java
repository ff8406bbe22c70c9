// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are made when it is read.
 *
 * @param schema without ROW columns
 * @param rows values of the Java types that {@link io.datasetdb.vector.DataType} lists
 */
record RowsTable(Schema schema, Supplier<List<List<@Nullable Object>>> rows) implements BoundTable {
    private record AllRows() implements Scan.Split {
        @Override
        public long rowCount() {
            return -1;
        }
    }

    @Override
    public List<String> inputs() {
        return List.of();
    }

    @Override
    public long rowCount() {
        return -1;
    }

    @Override
    public Scan scan(ScanRequest request) {
        List<Integer> ordinals = request.columns().stream()
                .map(path -> schema.indexOf(path.names().get(0)))
                .toList();
        Schema read = new Schema(ordinals.stream().map(schema::field).toList());
        return new Scan() {
            @Override
            public Schema schema() {
                return read;
            }

            @Override
            public List<Split> splits() {
                return List.of(new AllRows());
            }

            @Override
            public BatchSource open(Split split) {
                return new Source(read, ordinals, rows.get().iterator());
            }
        };
    }

    private record Source(Schema schema, List<Integer> ordinals, Iterator<List<@Nullable Object>> rows)
            implements BatchSource {
        @Override
        public @Nullable Batch next() {
            List<VectorBuilder> builders = schema.fields().stream()
                    .map(field -> VectorBuilder.of(field.type(), 16))
                    .toList();
            int size = 0;
            for (; size < Batch.SIZE && rows.hasNext(); size++) {
                List<@Nullable Object> row = rows.next();
                for (int i = 0; i < builders.size(); i++) {
                    builders.get(i).append(row.get(ordinals.get(i)));
                }
            }
            List<Vector> columns = new ArrayList<>();
            builders.forEach(builder -> columns.add(builder.build()));
            return size == 0 ? null : Batch.of(columns, size);
        }

        @Override
        public void close() {}
    }
}
