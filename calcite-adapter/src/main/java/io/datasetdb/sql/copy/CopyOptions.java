// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.store.WriteOptions;
import java.util.List;

/**
 * How rows become files.
 *
 * @param overwrite whether what is at the target gives way
 * @param partitions the columns by whose values rows go to folders; empty for one file
 * @param layout of Parquet files
 * @param header whether a CSV file begins with the names of the columns
 * @param delimiter between the fields of a CSV record
 * @param nullText what stands for NULL in CSV, without quotes
 * @param array whether a JSON file is one array and not an object a line
 * @param gzip whether text is compressed
 */
public record CopyOptions(
        Format format,
        boolean overwrite,
        List<String> partitions,
        WriteOptions layout,
        boolean header,
        char delimiter,
        String nullText,
        boolean array,
        boolean gzip) {
    /** What kind of files there are. */
    public enum Format {
        PARQUET,
        CSV,
        JSON
    }

    public CopyOptions {
        partitions = List.copyOf(partitions);
    }

    /** How files of this kind are called, with the dot. */
    String suffix() {
        return switch (format) {
            case PARQUET -> ".parquet";
            case CSV -> gzip ? ".csv.gz" : ".csv";
            case JSON -> gzip ? ".json.gz" : ".json";
        };
    }
}
