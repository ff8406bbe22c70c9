// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

/**
 * How a file's bytes are cut into fields.
 *
 * @param delimiter the byte between fields
 * @param quote the byte around fields, or {@link #NONE}
 * @param escape the byte that makes a quote inside quotes a character; the quote itself by RFC 4180, or {@link #NONE}
 */
record CsvDialect(byte delimiter, int quote, int escape) {
    static final int NONE = Integer.MIN_VALUE;

    CsvDialect withDelimiter(char newDelimiter) {
        return new CsvDialect((byte) newDelimiter, quote, escape);
    }
}
