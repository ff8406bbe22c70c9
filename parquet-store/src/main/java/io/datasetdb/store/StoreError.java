// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can go wrong with files. */
public enum StoreError implements ErrorCode {
    FILE_NOT_FOUND(ErrorKind.USER, "58P01"),
    FILE_EXISTS(ErrorKind.EXTERNAL, "58P02"),
    FILE_DAMAGED(ErrorKind.EXTERNAL, "XX001"),
    NOT_PARQUET(ErrorKind.USER, "22000"),
    UNSUPPORTED_FILE(ErrorKind.USER, "0A000"),
    UNSUPPORTED_SCHEME(ErrorKind.USER, "0A000"),
    BAD_LOCATION(ErrorKind.USER, "22023"),
    ACCESS_DENIED(ErrorKind.USER, "42501"),
    DISK_FULL(ErrorKind.RESOURCE, "53100"),
    READ_FAILED(ErrorKind.EXTERNAL, "58030"),
    WRITE_FAILED(ErrorKind.EXTERNAL, "58030"),
    /** A value that the file's column cannot hold. */
    BAD_VALUE(ErrorKind.USER, "22000");

    private final ErrorKind kind;
    private final String sqlState;

    StoreError(ErrorKind kind, String sqlState) {
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
