// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.io.ParquetDecodingException;

/**
 * The values of a data page, NULLs left out, in order. A decoder supports the physical types that its encoding knows;
 * each call yields the next {@code count} values or fails if the page has fewer.
 */
interface ValueDecoder {
    default void read(boolean[] out, int offset, int count) {
        throw mismatch("BOOLEAN");
    }

    default void read(int[] out, int offset, int count) {
        throw mismatch("INT32");
    }

    default void read(long[] out, int offset, int count) {
        throw mismatch("INT64");
    }

    default void read(float[] out, int offset, int count) {
        throw mismatch("FLOAT");
    }

    default void read(double[] out, int offset, int count) {
        throw mismatch("DOUBLE");
    }

    /** Appends byte strings, of fixed or variable length. */
    default void read(BytesBuffer out, int count) {
        throw mismatch("BYTE_ARRAY");
    }

    /** Passes over byte strings. */
    default void skipBytes(int count) {
        throw mismatch("BYTE_ARRAY");
    }

    private ParquetDecodingException mismatch(String type) {
        return new ParquetDecodingException("a page's encoding does not fit the column's type (" + type + ")");
    }
}
