// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * What is being read, for messages.
 *
 * @param location of the file
 * @param rowGroup number of the row group, from 0
 * @param column path of the leaf column
 */
public record ChunkContext(String location, int rowGroup, String column) {
    /** The error for bytes that do not decode; the message of a decoding exception is the reason. */
    public DatasetDbException damaged(RuntimeException cause) {
        String reason = cause instanceof ParquetDecodingException && cause.getMessage() != null
                ? cause.getMessage()
                : "its values do not decode (" + cause + ")";
        return damaged(reason, cause);
    }

    /** The error for a file that contradicts itself. */
    public DatasetDbException damaged(String reason, Throwable cause) {
        return new DatasetDbException(StoreError.FILE_DAMAGED, sentence(reason), cause);
    }

    /** The error for something that we do not read. */
    public DatasetDbException unsupported(String reason) {
        return new DatasetDbException(StoreError.UNSUPPORTED_FILE, sentence(reason));
    }

    private String sentence(String reason) {
        return "Cannot read column " + column + " of row group " + rowGroup + " in " + location + ": " + reason;
    }
}
