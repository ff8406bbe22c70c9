// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.Registry;
import io.datasetdb.registry.SystemTable;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of the registry schema; filters reach the registry's own SQL. */
record SystemBatchTable(SystemTable table, Registry registry) implements BatchTable {
    @Override
    public String displayName() {
        return "registry." + table.name();
    }

    @Override
    public Schema schema() {
        return table.schema();
    }

    @Override
    public long rowCount() {
        return -1;
    }

    @Override
    public Scan scan(ScanRequest request) {
        return new SystemScan(table, registry, request);
    }

    private record WholeTable() implements Scan.Split {
        @Override
        public long rowCount() {
            return -1;
        }
    }

    private record SystemScan(SystemTable table, Registry registry, ScanRequest request) implements Scan {
        @Override
        public Schema schema() {
            List<Field> fields = new ArrayList<>();
            for (ColumnPath path : request.columns()) {
                fields.add(Paths.field(table.schema(), path));
            }
            return new Schema(fields);
        }

        @Override
        public List<Split> splits() {
            return List.of(new WholeTable());
        }

        @Override
        public BatchSource open(Split split) {
            return new Projected(table.rows(registry, request.predicate()), table.schema(), request.columns());
        }
    }

    private record Projected(BatchSource source, Schema schema, List<ColumnPath> columns) implements BatchSource {
        @Override
        public @Nullable Batch next() {
            Batch batch = source.next();
            if (batch == null) {
                return null;
            }
            List<Vector> vectors = new ArrayList<>();
            for (ColumnPath path : columns) {
                vectors.add(Paths.vector(schema, batch, path));
            }
            return new Batch(vectors, batch.rowCount(), batch.selection());
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** Columns and fields inside ROW columns by path. */
    private static final class Paths {
        static Field field(Schema schema, ColumnPath path) {
            Field field = schema.field(schema.indexOf(path.names().get(0)));
            for (String name : path.names().subList(1, path.names().size())) {
                Schema row = new Schema(((io.datasetdb.vector.DataType.Row) field.type()).fields());
                field = row.field(row.indexOf(name));
            }
            return new Field(path.toString(), field.type(), true);
        }

        static Vector vector(Schema schema, Batch batch, ColumnPath path) {
            Schema level = schema;
            int ordinal = level.indexOf(path.names().get(0));
            Vector vector = batch.column(ordinal);
            for (String name : path.names().subList(1, path.names().size())) {
                level = new Schema(((io.datasetdb.vector.DataType.Row) vector.type()).fields());
                vector = ((RowVector) vector.flatten()).field(level.indexOf(name));
            }
            return vector;
        }
    }
}
