// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.file;

import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.udf.ListingTable;
import io.datasetdb.udf.internal.scan.FileScan;
import io.datasetdb.udf.internal.scan.Projection;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A listing as a table of one column {@code file}; the files are found already, vectors are made as they are read. */
public final class FileSetTable implements ListingTable {
    /** Rows of a split, enough to be worth a thread. */
    private static final int SPLIT_ROWS = 32 * Batch.SIZE;

    private final FileSet set;
    private final Schema schema;
    private final String fingerprint;

    /** @param fileType a ROW of the fields of a file, by their names */
    public FileSetTable(FileSet set, DataType.Row fileType) {
        this.set = set;
        this.schema = Schema.of(Field.required("file", fileType));
        this.fingerprint = set.fingerprint();
    }

    @Override
    public String location() {
        return set.location();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<String> inputs() {
        return List.of(set.location());
    }

    @Override
    public long rowCount() {
        return set.files().size();
    }

    @Override
    public Scan scan(ScanRequest request) {
        Projection projection = Projection.of(schema, request.columns());
        int rows = set.files().size();
        List<Scan.Split> splits = new ArrayList<>();
        for (int start = 0; start < rows; start += SPLIT_ROWS) {
            splits.add(new FileScan.Part(splits.size(), Math.min(SPLIT_ROWS, rows - start)));
        }
        return new FileScan(projection.output(), splits, part -> {
            int start = part.number() * SPLIT_ROWS;
            return new Source(set.files().subList(start, start + (int) part.rowCount()), projection);
        });
    }

    private static final class Source implements BatchSource {
        private final List<StorageEntry> files;
        private final Projection projection;
        private int position;

        Source(List<StorageEntry> files, Projection projection) {
            this.files = files;
            this.projection = projection;
        }

        @Override
        public @Nullable Batch next() {
            int count = Math.min(Batch.SIZE, files.size() - position);
            if (count <= 0) {
                return null;
            }
            List<StorageEntry> rows = files.subList(position, position + count);
            position += count;
            List<Vector> columns = new ArrayList<>();
            for (Field column : projection.read().fields()) {
                DataType.Row type = (DataType.Row) column.type();
                List<Vector> fields = type.fields().stream()
                        .map(field -> vector(field.name(), rows))
                        .toList();
                columns.add(new RowVector(type, count, fields, null));
            }
            return Batch.of(projection.apply(columns), count);
        }

        @Override
        public void close() {
            position = files.size();
        }
    }

    private static Vector vector(String field, List<StorageEntry> files) {
        return switch (field) {
            case "source" -> repeated(files.get(0).source(), files.size());
            case "path" -> texts(files, StorageEntry::path);
            case "size" -> longs(DataType.BIGINT, files, StorageEntry::size);
            case "version" -> texts(files, StorageEntry::version);
            case "etag" -> texts(files, StorageEntry::etag);
            // Storages list what is current; older versions of objects are never among it.
            case "is_latest" -> ConstantVector.of(VectorBuilder.vector(DataType.BOOLEAN, Boolean.TRUE), files.size());
            case "last_modified" -> longs(DataType.TIMESTAMP, files, file -> micros(file.lastModified()));
            default -> throw new IllegalStateException(field);
        };
    }

    private static Vector repeated(String text, int count) {
        return ConstantVector.of(VectorBuilder.vector(DataType.VARCHAR, text), count);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000;
    }

    private static Vector longs(DataType type, List<StorageEntry> files, ToLongFunction<StorageEntry> value) {
        return new LongVector(
                type, files.size(), files.stream().mapToLong(value).toArray(), null);
    }

    private static Vector texts(List<StorageEntry> files, Function<StorageEntry, String> value) {
        int[] offsets = new int[files.size() + 1];
        byte[] data = new byte[files.size() * 64];
        for (int i = 0; i < files.size(); i++) {
            byte[] bytes = value.apply(files.get(i)).getBytes(StandardCharsets.UTF_8);
            int end = offsets[i] + bytes.length;
            if (end > data.length) {
                data = Arrays.copyOf(data, Math.max(end, data.length * 2));
            }
            System.arraycopy(bytes, 0, data, offsets[i], bytes.length);
            offsets[i + 1] = end;
        }
        return new BytesVector(DataType.VARCHAR, files.size(), data, offsets, null);
    }
}
