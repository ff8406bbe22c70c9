// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user said about CSV files; {@code null} stands for what is to be found out.
 *
 * @param header whether the first record names the columns
 * @param delimiter the byte between fields
 * @param quote the byte around fields, or {@link CsvDialect#NONE}
 * @param escape the byte before a quote inside quotes, or {@link CsvDialect#NONE}
 * @param columns names and types
 * @param nullText the unquoted text that is NULL
 * @param skip lines before the header
 * @param sampleSize records of each file to guess types by, -1 for all
 * @param allVarchar whether every column is VARCHAR
 */
public record CsvOptions(
        @Nullable Boolean header,
        @Nullable Byte delimiter,
        int quote,
        int escape,
        @Nullable List<Field> columns,
        byte[] nullText,
        long skip,
        long sampleSize,
        boolean allVarchar) {
    /** The byte that an option names, {@link CsvDialect#NONE} for an empty text. */
    public static int parseByte(String option, String text) {
        String unescaped = text.equals("\\t") ? "\t" : text;
        if (unescaped.isEmpty()) {
            return CsvDialect.NONE;
        }
        byte[] bytes = unescaped.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1 || bytes[0] == '\n' || bytes[0] == '\r') {
            throw new DatasetDbException(
                    UdfError.BAD_ARGUMENT,
                    "Cannot read CSV: " + option + " must be one ASCII character (" + text + ")");
        }
        return bytes[0];
    }

    /** The dialect as far as it is known, with a comma if the delimiter is not. */
    CsvDialect dialect() {
        return new CsvDialect(delimiter == null ? (byte) ',' : delimiter, quote, escape);
    }
}
