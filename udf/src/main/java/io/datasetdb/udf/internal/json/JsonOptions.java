// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.Field;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the user said about JSON files. */
public final class JsonOptions {
    private final @Nullable List<Field> columns;
    private final JsonFile.Format format;
    private final long sampleSize;

    /**
     * @param columns names and types, {@code null} to find them out
     * @param format {@code auto}, {@code newline} or {@code array}
     * @param sampleSize records of each file to guess types by, -1 for all
     */
    public JsonOptions(@Nullable List<Field> columns, String format, long sampleSize) {
        this.columns = columns;
        this.sampleSize = sampleSize;
        this.format = switch (format.toLowerCase(Locale.ROOT)) {
            case "auto" -> JsonFile.Format.AUTO;
            case "newline", "newline_delimited", "nd" -> JsonFile.Format.NEWLINE;
            case "array" -> JsonFile.Format.ARRAY;
            default ->
                throw new DatasetDbException(
                        UdfError.BAD_ARGUMENT,
                        "Cannot read JSON: format must be auto, newline or array (" + format + ")");
        };
    }

    @Nullable
    List<Field> columns() {
        return columns;
    }

    JsonFile.Format format() {
        return format;
    }

    long sampleSize() {
        return sampleSize;
    }
}
