// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes results in one of the formats. */
interface ResultWriter {
    /** Writes all rows. */
    void write(ResultSet rows, PrintStream out) throws SQLException;

    /** The formats. */
    enum Format {
        /** Aligned text with a row count. */
        TABLE,
        /** A header line and RFC 4180 rows, quoted only where needed; NULL is empty, an empty string is {@code ""}. */
        CSV,
        /** A JSON object a row, a line each. NaN and infinities are strings, NULL is null. */
        JSON;

        ResultWriter writer() {
            return switch (this) {
                case TABLE -> new TableWriter();
                case CSV -> new CsvWriter();
                case JSON -> new JsonWriter();
            };
        }
    }
}
