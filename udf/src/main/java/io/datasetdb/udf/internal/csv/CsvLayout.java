// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.udf.internal.file.FileBytes;
import io.datasetdb.udf.internal.file.FileSet;
import io.datasetdb.udf.internal.text.TextColumn;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of CSV files once their beginnings have been read.
 *
 * @param dialect how to cut
 * @param header whether the first record of each file names its columns
 * @param schema the columns
 * @param bytesPerRow average size of the sampled records, 0 if there were none
 */
record CsvLayout(CsvDialect dialect, boolean header, Schema schema, double bytesPerRow) {
    /** How many files are sampled. */
    private static final int SAMPLED_FILES = 10;

    static CsvLayout find(Storage storage, FileSet files, CsvOptions options) {
        List<String> locations = new ArrayList<>();
        for (StorageEntry file : files.files()) {
            if (file.size() > 0 && locations.size() < SAMPLED_FILES) {
                locations.add(FileSet.locationOf(file.source(), file.path()));
            }
        }
        if (locations.isEmpty()) {
            List<Field> none = List.of(Field.of("column0", DataType.VARCHAR));
            List<Field> declared = options.columns();
            return new CsvLayout(options.dialect(), false, CsvTable.schemaOf(declared == null ? none : declared), 0);
        }
        return new Finder(storage, options, CsvSniffer.sniff(storage, locations.get(0), options)).find(locations);
    }

    /** Reads samples. */
    private static final class Finder {
        private final Storage storage;
        private final CsvOptions options;
        private final CsvDialect dialect;
        private final CsvSample first = new CsvSample();
        private final CsvSample rest = new CsvSample();
        private List<String> names = List.of();
        private boolean firstFits = true;
        private long records;
        private long bytes;

        Finder(Storage storage, CsvOptions options, CsvDialect dialect) {
            this.storage = storage;
            this.options = options;
            this.dialect = dialect;
        }

        CsvLayout find(List<String> locations) {
            sampleFirst(locations.get(0));
            int columns = first.columns();
            boolean header = options.header() != null ? options.header() : looksLikeHeader();
            if (!header) {
                records++;
            }
            List<Field> fields = new ArrayList<>();
            List<Field> declared = options.columns();
            if (declared != null) {
                fields.addAll(declared);
            } else {
                for (String location : locations.subList(1, locations.size())) {
                    sampleOther(location, header);
                }
                for (int i = 0; i < columns; i++) {
                    String name = header ? names.get(i) : CsvTable.numbered(i, columns);
                    fields.add(Field.of(name, type(i, header)));
                }
            }
            double bytesPerRow = records == 0 ? 0 : (double) bytes / records;
            return new CsvLayout(dialect, header, CsvTable.schemaOf(fields), bytesPerRow);
        }

        private DataType type(int column, boolean header) {
            if (options.allVarchar()) {
                return DataType.VARCHAR;
            }
            if (header) {
                return rest.type(column);
            }
            return rest.isUnknown(column) ? first.type(column) : rest.merged(column, first);
        }

        private void sampleFirst(String location) {
            List<Field> declared = options.columns();
            try (CsvRecords reader = open(location)) {
                while (wanted(records) && reader.next()) {
                    if (reader.isBlank() && first.columns() != 1) {
                        continue;
                    }
                    if (first.columns() == 0) {
                        first.add(reader, options.nullText());
                        names = CsvTable.names(reader);
                        firstFits = declared == null || fits(reader, declared);
                        continue;
                    }
                    if (reader.size() != first.columns()) {
                        throw CsvTable.ragged(location, reader, first.columns());
                    }
                    rest.add(reader, options.nullText());
                    records++;
                }
                bytes += reader.consumed();
            }
            if (first.columns() == 0) {
                first.addUnknown();
                names = List.of("column0");
            }
            while (rest.columns() < first.columns()) {
                rest.addUnknown();
            }
        }

        /** Whether the current record could be a row of the declared columns. */
        private boolean fits(CsvRecords reader, List<Field> declared) {
            boolean allNames = true;
            for (int i = 0; i < Math.min(declared.size(), reader.size()); i++) {
                Field field = declared.get(i);
                allNames &=
                        field.name().equalsIgnoreCase(CsvTable.text(reader, i).strip());
                TextColumn column = TextColumn.of(field.type(), TextColumn.Trust.DECLARED);
                boolean empty = reader.start(i) == reader.stop(i);
                if (!empty
                        && !CsvTable.isNull(reader, i, options.nullText())
                        && !column.append(reader.data(), reader.start(i), reader.stop(i))) {
                    return false;
                }
            }
            return !allNames;
        }

        /** Later files widen types; whether they have the columns is found out when they are read. */
        private void sampleOther(String location, boolean header) {
            long read = 0;
            int[] fieldOfColumn = null;
            try (CsvRecords reader = open(location)) {
                while (wanted(read) && reader.next()) {
                    if (reader.isBlank() && first.columns() != 1) {
                        continue;
                    }
                    if (fieldOfColumn == null) {
                        fieldOfColumn = header ? CsvSource.order(location, reader, names) : new int[first.columns()];
                        if (header) {
                            continue;
                        }
                        java.util.Arrays.setAll(fieldOfColumn, i -> i);
                    }
                    for (int i = 0; i < fieldOfColumn.length; i++) {
                        if (fieldOfColumn[i] < reader.size()) {
                            rest.add(i, reader, fieldOfColumn[i], options.nullText());
                        }
                    }
                    read++;
                }
                records += read;
                bytes += reader.consumed();
            }
        }

        private CsvRecords open(String location) {
            CsvRecords reader = new CsvRecords(FileBytes.open(storage, location), location, dialect);
            reader.skipLines(options.skip());
            return reader;
        }

        private boolean wanted(long read) {
            return options.sampleSize() < 0 || read < options.sampleSize();
        }

        /**
         * The first record is a header if some value in it does not fit the type of the rest of its column, or if all
         * columns are texts, as names are.
         */
        private boolean looksLikeHeader() {
            if (options.columns() != null) {
                return !firstFits;
            }
            boolean allText = true;
            for (int i = 0; i < first.columns(); i++) {
                boolean known = !rest.isUnknown(i);
                if (known && !rest.agrees(i, first)) {
                    return true;
                }
                DataType type = known ? rest.type(i) : first.type(i);
                allText &= type.equals(DataType.VARCHAR) && !first.isUnknown(i);
            }
            return allText;
        }
    }
}
