// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.file.FileBytes;
import io.datasetdb.udf.internal.scan.Projection;
import io.datasetdb.udf.internal.text.TextColumn;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one CSV file. */
final class CsvSource implements BatchSource {
    private static final int LONGEST_SHOWN = 100;

    private final CsvRecords records;
    private final String location;
    private final CsvOptions options;
    private final Projection projection;
    private final int tableColumns;
    private final TextColumn[] columns;
    private final boolean[] texts;
    /** For each column to read its field in a record. */
    private final int[] fields;

    private final int recordSize;

    private CsvSource(
            CsvRecords records, String location, CsvLayout layout, CsvOptions options, Projection projection) {
        this.records = records;
        this.location = location;
        this.options = options;
        this.projection = projection;
        Schema schema = layout.schema();
        this.tableColumns = schema.size();
        List<Field> read = projection.read().fields();
        TextColumn.Trust trust = options.columns() == null ? TextColumn.Trust.GUESSED : TextColumn.Trust.DECLARED;
        columns = read.stream().map(field -> TextColumn.of(field.type(), trust)).toArray(TextColumn[]::new);
        texts = new boolean[columns.length];
        fields = new int[columns.length];
        int[] order = new int[schema.size()];
        int size = schema.size();
        if (layout.header() && nextRecord()) {
            if (options.columns() == null) {
                order = order(
                        location,
                        records,
                        schema.fields().stream().map(Field::name).toList());
                size = records.size();
            } else {
                requireSize(size);
                java.util.Arrays.setAll(order, i -> i);
            }
        } else {
            java.util.Arrays.setAll(order, i -> i);
        }
        recordSize = size;
        for (int i = 0; i < columns.length; i++) {
            fields[i] = order[schema.fields().indexOf(read.get(i))];
            texts[i] = read.get(i).type().kind() == DataType.Kind.VARCHAR
                    || read.get(i).type().kind() == DataType.Kind.VARBINARY;
        }
    }

    static CsvSource open(
            Storage storage, String location, CsvLayout layout, CsvOptions options, Projection projection) {
        CsvRecords records = new CsvRecords(FileBytes.open(storage, location), location, layout.dialect());
        try {
            records.skipLines(options.skip());
            return new CsvSource(records, location, layout, options, projection);
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    /** For each column the field that the header record has for it. Files may order columns differently. */
    static int[] order(String location, CsvRecords header, List<String> columns) {
        List<String> names = CsvTable.names(header).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        int[] order = new int[columns.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = names.indexOf(columns.get(i).toLowerCase(Locale.ROOT));
            if (order[i] < 0) {
                throw new DatasetDbException(
                        UdfError.SCHEMA_MISMATCH,
                        "Cannot read " + location + ": the header has no column " + columns.get(i) + " (line "
                                + header.line() + ")");
            }
        }
        return order;
    }

    @Override
    public @Nullable Batch next() {
        int rows = 0;
        while (rows < Batch.SIZE && nextRecord()) {
            requireSize(recordSize);
            for (int i = 0; i < columns.length; i++) {
                append(columns[i], fields[i], i);
            }
            rows++;
        }
        if (rows == 0) {
            return null;
        }
        List<Vector> vectors = new ArrayList<>(columns.length);
        for (TextColumn column : columns) {
            vectors.add(column.build());
        }
        return Batch.of(projection.apply(vectors), rows);
    }

    @Override
    public void close() {
        records.close();
    }

    /** Empty lines are no records, except where a record is one field. */
    private boolean nextRecord() {
        while (records.next()) {
            if (tableColumns == 1 || !records.isBlank()) {
                return true;
            }
        }
        return false;
    }

    private void requireSize(int expected) {
        if (records.size() != expected) {
            throw CsvTable.ragged(location, records, expected);
        }
    }

    private void append(TextColumn column, int field, int i) {
        int start = records.start(field);
        int stop = records.stop(field);
        boolean missing = start == stop && !texts[i] || CsvTable.isNull(records, field, options.nullText());
        if (missing) {
            column.appendNull();
        } else if (!column.append(records.data(), start, stop)) {
            throw misfit(field, i);
        }
    }

    private DatasetDbException misfit(int field, int i) {
        Field column = projection.read().field(i);
        String text = CsvTable.text(records, field);
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        boolean encoding = column.type().kind() == DataType.Kind.VARCHAR;
        String reason = encoding ? "is not UTF-8" : "is no " + column.type().sql();
        String advice = encoding || options.columns() != null
                ? ""
                : "; the type was guessed from a sample, declare it with columns or enlarge sample_size";
        return new DatasetDbException(
                encoding ? UdfError.BAD_ENCODING : UdfError.BAD_VALUE,
                "Cannot read " + location + ": value of column " + column.name() + " in line " + records.line() + " "
                        + reason + " ('" + shown + "')" + advice);
    }
}
