// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.csv.CsvOptions;
import io.datasetdb.udf.internal.csv.CsvTable;
import io.datasetdb.udf.internal.text.TextColumn;
import io.datasetdb.udf.internal.text.TypeText;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code read_csv(path_or_glob, ...)}: RFC 4180 with any line ends. Delimiter, header and types are found out from a
 * sample unless they are given; an empty unquoted field is NULL. A record with more or fewer fields than there are columns
 * and a value that does not fit its column's type are errors. Where DuckDB would guess dates written day first, this
 * leaves texts.
 */
public final class ReadCsv implements TableFunction {
    /** Records of each file that types are guessed by. */
    private static final long SAMPLE_SIZE = 20_480;

    @Override
    public String name() {
        return "read_csv";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(
                        "location", DataType.VARCHAR, true, "A file, a folder or a glob; .gz and .zst are unpacked."),
                new Parameter("header", DataType.BOOLEAN, false, "Whether the first line names the columns."),
                new Parameter("delimiter", DataType.VARCHAR, false, "The character between fields."),
                new Parameter(
                        "quote", DataType.VARCHAR, false, "The character around fields, '\"' by default, '' for none."),
                new Parameter(
                        "escape",
                        DataType.VARCHAR,
                        false,
                        "The character before a quote inside quotes, by default the quote."),
                new Parameter("columns", DataType.VARCHAR, false, "Names and types, 'a INTEGER, b VARCHAR'."),
                new Parameter(
                        "nullstr",
                        DataType.VARCHAR,
                        false,
                        "The unquoted text that is NULL, by default the empty one."),
                new Parameter("skip", DataType.BIGINT, false, "Lines to pass over before the header."),
                new Parameter(
                        "sample_size",
                        DataType.BIGINT,
                        false,
                        "Records to guess types by, 20480 by default, -1 for all."),
                new Parameter("all_varchar", DataType.BOOLEAN, false, "Whether every column is VARCHAR."));
    }

    @Override
    public String description() {
        return "The records of CSV files.";
    }

    @Override
    public String example() {
        return "SELECT * FROM TABLE(read_csv('sales/*.csv', delimiter => ';', columns => 'day DATE, amount DECIMAL(10, 2)'))";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> values, DatasetStore store) {
        Arguments arguments = new Arguments(values);
        Object columnsText = arguments.optional(5);
        List<Field> columns = columnsText == null ? null : TypeText.parseColumns((String) columnsText);
        if (columns != null) {
            columns.forEach(column -> TextColumn.of(column.type(), TextColumn.Trust.DECLARED));
        }
        Object delimiterText = arguments.optional(2);
        Byte delimiter = delimiterText == null ? null : delimiter((String) delimiterText);
        int quote = CsvOptions.parseByte("quote", arguments.textOr(3, "\""));
        Object escapeText = arguments.optional(4);
        int escape = escapeText == null ? quote : CsvOptions.parseByte("escape", (String) escapeText);
        CsvOptions options = new CsvOptions(
                (Boolean) arguments.optional(1),
                delimiter,
                quote,
                escape,
                columns,
                arguments.textOr(6, "").getBytes(StandardCharsets.UTF_8),
                arguments.countOr(7, "skip", 0),
                arguments.sampleSizeOr(8, SAMPLE_SIZE),
                arguments.flagOr(9, false));
        return CsvTable.bind(store.storage(), arguments.text(0), options);
    }

    private static Byte delimiter(String text) {
        int delimiter = CsvOptions.parseByte("delimiter", text);
        if (delimiter < 0) {
            throw new DatasetDbException(
                    UdfError.BAD_ARGUMENT, "Cannot read CSV: delimiter must be one ASCII character ('')");
        }
        return (byte) delimiter;
    }
}
