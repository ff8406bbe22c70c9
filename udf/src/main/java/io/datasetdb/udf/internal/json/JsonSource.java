// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import io.datasetdb.udf.internal.scan.Projection;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one JSON file. */
final class JsonSource implements BatchSource {
    private final JsonFile file;
    private final JsonContext context;
    private final JsonColumns.Rows records;
    private final boolean objects;
    private final Projection projection;

    /** @param objects whether a record is an object, rather than the value of the only column */
    JsonSource(JsonFile file, JsonContext context, JsonColumns.Rows records, boolean objects, Projection projection) {
        this.file = file;
        this.context = context;
        this.records = records;
        this.objects = objects;
        this.projection = projection;
    }

    @Override
    public @Nullable Batch next() {
        int rows = 0;
        try {
            while (rows < Batch.SIZE && file.next()) {
                if (objects) {
                    records.add(file.parser());
                } else {
                    records.addOnly(file.parser());
                }
                rows++;
            }
        } catch (IOException e) {
            throw JsonFile.failed(context.location(), e);
        }
        if (rows == 0) {
            return null;
        }
        List<Vector> columns = ((RowVector) records.build()).fields();
        return Batch.of(projection.apply(columns), rows);
    }

    @Override
    public void close() {
        file.close();
    }
}
