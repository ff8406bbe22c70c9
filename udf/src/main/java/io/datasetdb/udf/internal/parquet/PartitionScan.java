// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.parquet;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scan of partitioned files: each file's own scan, with the values of its folders put between its columns. */
final class PartitionScan implements Scan {
    private final DatasetStore store;
    private final List<String> locations;
    private final Schema fileSchema;
    private final Partitions partitions;
    private final ScanRequest fileRequest;
    private final @Nullable Predicate predicate;
    /** For each requested column the partition column that it is, or -1. */
    private final int[] sources;

    private final Schema schema;
    private volatile @Nullable List<Split> splits;

    /** A part of one file. */
    private record FileSplit(Scan scan, Split part, List<Vector> values) implements Split {
        @Override
        public long rowCount() {
            return part.rowCount();
        }
    }

    PartitionScan(
            DatasetStore store, List<String> locations, Schema fileSchema, Partitions partitions, ScanRequest request) {
        this.store = store;
        this.locations = locations;
        this.fileSchema = fileSchema;
        this.partitions = partitions;
        this.predicate = request.predicate();
        this.sources = new int[request.columns().size()];
        List<ColumnPath> columns = new ArrayList<>();
        for (int i = 0; i < sources.length; i++) {
            ColumnPath column = request.columns().get(i);
            sources[i] = partitions.indexOf(column.names().get(0));
            if (sources[i] < 0) {
                columns.add(column);
            }
        }
        Predicate known = predicate;
        this.fileRequest = new ScanRequest(
                columns, known == null ? null : new PartitionFilter(partitions).ofFiles(known), request.keepsColumns());
        Schema ofFiles = store.scan(List.of(), fileSchema, fileRequest).schema();
        List<Field> fields = new ArrayList<>();
        int next = 0;
        for (int source : sources) {
            fields.add(source < 0 ? ofFiles.field(next++) : partitions.columns().get(source));
        }
        this.schema = new Schema(fields);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Split> splits() {
        List<Split> known = splits;
        if (known == null) {
            known = plan();
            splits = known;
        }
        return known;
    }

    private List<Split> plan() {
        PartitionFilter filter = new PartitionFilter(partitions);
        Predicate wanted = predicate;
        List<Split> result = new ArrayList<>();
        for (int i = 0; i < locations.size(); i++) {
            List<Vector> values = partitions.values().get(i);
            if (wanted == null || filter.mayMatch(wanted, values)) {
                Scan scan = store.scan(List.of(locations.get(i)), fileSchema, fileRequest);
                scan.splits().forEach(part -> result.add(new FileSplit(scan, part, values)));
            }
        }
        return List.copyOf(result);
    }

    @Override
    public BatchSource open(Split split) {
        FileSplit file = (FileSplit) split;
        BatchSource source = file.scan().open(file.part());
        return new BatchSource() {
            @Override
            public @Nullable Batch next() {
                Batch batch = source.next();
                return batch == null ? null : completed(batch, file.values());
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    private Batch completed(Batch batch, List<Vector> values) {
        List<Vector> columns = new ArrayList<>();
        int next = 0;
        for (int source : sources) {
            columns.add(source < 0 ? batch.column(next++) : ConstantVector.of(values.get(source), batch.rowCount()));
        }
        return Batch.of(columns, batch.rowCount());
    }
}
