// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can go wrong between a client and the engine. */
public enum ServerError implements ErrorCode {
    CANCELLED(ErrorKind.USER, "57014"),
    /** Nobody asked for the rows of a result for too long. */
    IDLE(ErrorKind.USER, "57P05"),
    BAD_ARGUMENT(ErrorKind.USER, "22018"),
    ARGUMENT_OUT_OF_RANGE(ErrorKind.USER, "22003"),
    WRONG_ARGUMENT_COUNT(ErrorKind.USER, "07001"),
    READ_ONLY(ErrorKind.USER, "25006"),
    RESULT_CHANGED(ErrorKind.USER, "0A000"),
    BAD_REQUEST(ErrorKind.USER, "08P01"),
    REQUEST_TOO_LARGE(ErrorKind.USER, "54000"),
    NOT_AUTHENTICATED(ErrorKind.USER, "28000"),
    UNKNOWN_CONNECTION(ErrorKind.USER, "08003"),
    TOO_MANY_CONNECTIONS(ErrorKind.RESOURCE, "53300"),
    TOO_MANY_STATEMENTS(ErrorKind.RESOURCE, "53400"),
    CANNOT_LISTEN(ErrorKind.EXTERNAL, "08001"),
    BAD_USER_FILE(ErrorKind.USER, "F0000");

    private final ErrorKind kind;
    private final String sqlState;

    ServerError(ErrorKind kind, String sqlState) {
        this.kind = kind;
        this.sqlState = sqlState;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String sqlState() {
        return sqlState;
    }
}
