// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.Storage;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files through {@link ParquetScan} into rows of Java objects. */
final class ScanRows {
    private ScanRows() {}

    static Schema schema(Storage storage, String location) {
        return new FooterCache(0).get(storage, location).schema();
    }

    /** All columns of a file in its own schema. */
    static List<List<@Nullable Object>> read(Storage storage, String location) {
        Schema schema = schema(storage, location);
        return read(storage, List.of(location), schema, request(schema, null));
    }

    /** All columns of a schema. */
    static ScanRequest request(Schema schema, @Nullable Predicate predicate) {
        return new ScanRequest(
                schema.fields().stream().map(Field::name).map(ColumnPath::of).toList(), predicate);
    }

    static List<List<@Nullable Object>> read(
            Storage storage, List<String> locations, Schema schema, ScanRequest request) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Scan scan = new ParquetScan(storage, new FooterCache(8), new ColumnCache(0), locations, schema, request);
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    append(batch, scan.schema(), rows);
                }
            }
        }
        return rows;
    }

    static void append(Batch batch, Schema schema, List<List<@Nullable Object>> rows) {
        for (int i = 0; i < schema.size(); i++) {
            Vector column = batch.column(i);
            if (column.size() != batch.rowCount()
                    || !column.type().equals(schema.field(i).type())) {
                throw new AssertionError("column " + schema.field(i) + " is " + column.type() + " x " + column.size());
            }
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Vector column : batch.columns()) {
                values.add(column.getObject(row));
            }
            rows.add(values);
        }
    }
}
