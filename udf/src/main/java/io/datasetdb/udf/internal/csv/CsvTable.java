// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.file.FileBytes;
import io.datasetdb.udf.internal.file.FileSet;
import io.datasetdb.udf.internal.scan.FileScan;
import io.datasetdb.udf.internal.scan.Projection;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** CSV files as a table. Its layout was found when it was bound; each split reads one file. */
public final class CsvTable implements BoundTable {
    private final Storage storage;
    private final FileSet files;
    private final CsvOptions options;
    private final CsvLayout layout;

    private CsvTable(Storage storage, FileSet files, CsvOptions options, CsvLayout layout) {
        this.storage = storage;
        this.files = files;
        this.options = options;
        this.layout = layout;
    }

    /** Finds out dialect, header and types by reading the beginning of some files. */
    public static CsvTable bind(Storage storage, String location, CsvOptions options) {
        FileSet files = FileSet.listSome(storage, location);
        return new CsvTable(storage, files, options, CsvLayout.find(storage, files, options));
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
        return new FileScan(
                projection.output(),
                splits,
                part -> CsvSource.open(storage, locations.get(part.number()), layout, options, projection));
    }

    /** Whether a field is NULL by itself, whatever its column's type. */
    static boolean isNull(CsvRecords records, int field, byte[] nullText) {
        int start = records.start(field);
        int stop = records.stop(field);
        return stop - start == nullText.length
                && !records.isQuoted(field)
                && Arrays.equals(records.data(), start, stop, nullText, 0, nullText.length);
    }

    /** The text of a field. */
    static String text(CsvRecords records, int field) {
        int start = records.start(field);
        return new String(records.data(), start, records.stop(field) - start, StandardCharsets.UTF_8);
    }

    /** The column names that a header record gives: trimmed, none empty, none twice. */
    static List<String> names(CsvRecords header) {
        List<String> names = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String text = text(header, i).strip();
            String base = text.isEmpty() ? "column" + i : text;
            String name = base;
            for (int n = 1; !used.add(name.toLowerCase(Locale.ROOT)); n++) {
                name = base + "_" + n;
            }
            names.add(name);
        }
        return names;
    }

    /** The name of a column of a file without a header, with as many digits as the last one has. */
    static String numbered(int column, int columns) {
        int width = Integer.toString(columns - 1).length();
        return String.format("column%0" + width + "d", column);
    }

    /** The error of a record that has not as many fields as there are columns. */
    static DatasetDbException ragged(String location, CsvRecords records, int expected) {
        return new DatasetDbException(
                UdfError.BAD_FILE,
                "Cannot read " + location + ": line " + records.line() + " has " + records.size() + " fields and not "
                        + expected);
    }

    /** Nullable columns of these names and types. */
    static Schema schemaOf(List<Field> fields) {
        return new Schema(fields.stream()
                .map(field -> Field.of(field.name(), field.type()))
                .toList());
    }
}
