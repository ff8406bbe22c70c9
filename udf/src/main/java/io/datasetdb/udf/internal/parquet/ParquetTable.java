// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.parquet;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.file.FileSet;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Parquet files as one table: the columns of the first file, in types that hold those of all files, then those of the
 * folders, which take the place of equally named columns of the files.
 */
public final class ParquetTable implements BoundTable {
    private final DatasetStore store;
    private final FileSet files;
    private final Schema fileSchema;
    private final Partitions partitions;
    private final Schema schema;
    private final long rowCount;

    private ParquetTable(
            DatasetStore store, FileSet files, Schema fileSchema, Partitions partitions, Schema schema, long rowCount) {
        this.store = store;
        this.files = files;
        this.fileSchema = fileSchema;
        this.partitions = partitions;
        this.schema = schema;
        this.rowCount = rowCount;
    }

    /**
     * Reads the footers of all files.
     *
     * @param partitioned whether folders named {@code key=value} are columns
     * @throws DatasetDbException with {@link UdfError#SCHEMA_MISMATCH} if files have columns of one name without a common
     *     type, {@link UdfError#FILE_NOT_FOUND} if there is no file
     */
    public static ParquetTable bind(DatasetStore store, String location, boolean partitioned) {
        FileSet files = FileSet.listSome(store.storage(), location);
        List<String> locations = files.locations();
        String first = locations.get(0);
        List<Field> columns = new ArrayList<>(store.schema(first).fields());
        long rowCount = store.rowCount(first);
        for (String next : locations.subList(1, locations.size())) {
            Schema other = store.schema(next);
            for (int i = 0; i < columns.size(); i++) {
                columns.set(i, merge(columns.get(i), other, next, first));
            }
            rowCount += store.rowCount(next);
        }
        Partitions partitions = partitioned ? Partitions.of(locations) : Partitions.NONE;
        List<Field> all = new ArrayList<>(columns);
        for (Field partition : partitions.columns()) {
            int same = new Schema(columns).indexOf(partition.name());
            if (same < 0) {
                all.add(partition);
            } else {
                all.set(same, Field.of(columns.get(same).name(), partition.type()));
            }
        }
        return new ParquetTable(store, files, new Schema(columns), partitions, new Schema(all), rowCount);
    }

    private static Field merge(Field column, Schema other, String location, String first) {
        int index = other.indexOf(column.name());
        if (index < 0) {
            return Field.of(column.name(), column.type());
        }
        Field found = other.field(index);
        DataType common = CommonType.of(column.type(), found.type());
        if (common == null) {
            throw new DatasetDbException(
                    UdfError.SCHEMA_MISMATCH,
                    "Cannot read " + location + ": column " + column.name() + " is "
                            + found.type().sql() + " and not as in " + first + " ("
                            + column.type().sql() + ")");
        }
        return new Field(column.name(), common, column.nullable() || found.nullable());
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<String> inputs() {
        return List.of(files.location());
    }

    @Override
    public List<StorageEntry> files() {
        return files.files();
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public Scan scan(ScanRequest request) {
        List<String> locations = files.locations();
        return partitions.isEmpty()
                ? store.scan(locations, fileSchema, request)
                : new PartitionScan(store, locations, fileSchema, partitions, request);
    }
}
