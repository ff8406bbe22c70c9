// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.error;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of this system. Its message is one sentence of the form "Cannot VERB OBJECT: REASON (value)" that
 * names the position in the statement or the file.
 */
public final class DatasetDbException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String sqlState;

    public DatasetDbException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public DatasetDbException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.sqlState = code.sqlState();
    }

    /** The kind of failure. */
    public ErrorCode code() {
        return code;
    }

    /** Five characters, see {@link ErrorCode#sqlState()}. */
    public String sqlState() {
        return sqlState;
    }
}
