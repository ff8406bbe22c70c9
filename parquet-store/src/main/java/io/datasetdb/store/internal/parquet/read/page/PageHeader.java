// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

/**
 * What stands before a page; 0 where the page's kind has no such field.
 *
 * @param kind of the page
 * @param uncompressedSize bytes of the page once decompressed, levels included
 * @param compressedSize bytes of the page in the file
 * @param hasCrc whether {@code crc} counts
 * @param crc CRC-32 of the bytes in the file
 * @param values values or dictionary entries, NULLs included
 * @param rows rows, or -1 where the header does not say (V1)
 * @param encoding number of the values' encoding
 * @param definitionEncoding number of the definition levels' encoding (V1)
 * @param repetitionEncoding number of the repetition levels' encoding (V1)
 * @param definitionBytes length of the definition levels (V2)
 * @param repetitionBytes length of the repetition levels (V2)
 * @param compressed whether the values are compressed (V2)
 */
record PageHeader(
        Kind kind,
        int uncompressedSize,
        int compressedSize,
        boolean hasCrc,
        int crc,
        int values,
        int rows,
        int encoding,
        int definitionEncoding,
        int repetitionEncoding,
        int definitionBytes,
        int repetitionBytes,
        boolean compressed) {
    /** Kinds of pages. */
    enum Kind {
        DATA,
        DICTIONARY,
        DATA_V2,
        /** Index pages and whatever comes to be: passed over. */
        OTHER
    }
}
