// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.internal.file.FileBytes;
import io.datasetdb.udf.internal.file.FileSet;
import io.datasetdb.udf.internal.scan.FileScan;
import io.datasetdb.udf.internal.scan.Projection;
import io.datasetdb.udf.internal.text.TextColumn;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON files as a table. Its columns were found, or declared, when it was bound; each split reads one file. */
public final class JsonTable implements BoundTable {
    private static final int SAMPLED_FILES = 10;

    private final Storage storage;
    private final FileSet files;
    private final JsonOptions options;
    private final Layout layout;

    private JsonTable(Storage storage, FileSet files, JsonOptions options, Layout layout) {
        this.storage = storage;
        this.files = files;
        this.options = options;
        this.layout = layout;
    }

    /**
     * What was found out.
     *
     * @param objects whether a record is an object with a column a key, rather than one value
     * @param bytesPerRow average size of the sampled records, 0 if unknown
     */
    private record Layout(JsonFactory factory, Schema schema, boolean objects, double bytesPerRow) {}

    /** Finds out the columns by reading the beginning of some files, unless they are declared. */
    public static JsonTable bind(Storage storage, String location, JsonOptions options) {
        FileSet files = FileSet.listSome(storage, location);
        JsonFactory factory = JsonFile.factory();
        List<Field> declared = options.columns();
        Layout layout;
        if (declared == null) {
            layout = sample(storage, files, options, factory);
        } else {
            List<Field> nullable = declared.stream()
                    .map(field -> Field.of(field.name(), field.type()))
                    .toList();
            layout = new Layout(factory, new Schema(nullable), true, 0);
        }
        return new JsonTable(storage, files, options, layout);
    }

    private static Layout sample(Storage storage, FileSet files, JsonOptions options, JsonFactory factory) {
        JsonShape shape = new JsonShape();
        List<String> locations = files.locations();
        long rows = 0;
        long bytes = 0;
        for (String location : locations.subList(0, Math.min(SAMPLED_FILES, locations.size()))) {
            try (JsonFile file = JsonFile.open(factory, storage, location, options.format())) {
                long read = 0;
                while ((options.sampleSize() < 0 || read < options.sampleSize()) && file.next()) {
                    shape.add(file.parser());
                    read++;
                }
                rows += read;
                bytes += file.parser().currentLocation().getByteOffset();
            } catch (IOException e) {
                throw JsonFile.failed(location, e);
            }
        }
        Schema schema = new Schema(shape.columns(files.location()));
        return new Layout(factory, schema, shape.isTable(), rows == 0 ? 0 : (double) bytes / rows);
    }

    @Override
    public Schema schema() {
        return layout.schema();
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
        boolean packed = files.locations().stream()
                .anyMatch(location -> FileBytes.Compression.ofName(location) != FileBytes.Compression.NONE);
        return packed || layout.bytesPerRow() == 0 ? -1 : Math.round(files.totalBytes() / layout.bytesPerRow());
    }

    @Override
    public Scan scan(ScanRequest request) {
        Projection projection = Projection.of(layout.schema(), request.columns());
        List<String> locations = files.locations();
        List<Scan.Split> splits = new ArrayList<>();
        for (int i = 0; i < locations.size(); i++) {
            splits.add(new FileScan.Part(i, -1));
        }
        TextColumn.Trust trust = options.columns() == null ? TextColumn.Trust.GUESSED : TextColumn.Trust.DECLARED;
        return new FileScan(projection.output(), splits, part -> {
            String location = locations.get(part.number());
            JsonContext context = new JsonContext(layout.factory(), location, trust);
            DataType.Row full = (DataType.Row) DataType.row(layout.schema().fields());
            DataType.Row read = (DataType.Row) DataType.row(projection.read().fields());
            JsonFile file = JsonFile.open(layout.factory(), storage, location, options.format());
            return new JsonSource(
                    file, context, new JsonColumns.Rows("", full, read, context), layout.objects(), projection);
        });
    }
}
