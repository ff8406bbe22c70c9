// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can go wrong while a statement runs. */
public enum KernelError implements ErrorCode {
    NUMERIC_OVERFLOW(ErrorKind.USER, "22003"),
    DIVISION_BY_ZERO(ErrorKind.USER, "22012"),
    INVALID_CAST(ErrorKind.USER, "22018"),
    INVALID_DATETIME(ErrorKind.USER, "22007"),
    INVALID_ARGUMENT(ErrorKind.USER, "22023"),
    SUBSTRING_ERROR(ErrorKind.USER, "22011"),
    ARRAY_SUBSCRIPT(ErrorKind.USER, "2202E"),
    INVALID_ESCAPE(ErrorKind.USER, "22025"),
    NULL_NOT_ALLOWED(ErrorKind.USER, "22004"),
    MORE_THAN_ONE_ROW(ErrorKind.USER, "21000"),
    FUNCTION_FAILED(ErrorKind.USER, "38000"),
    CANCELLED(ErrorKind.USER, "57014"),
    TIMED_OUT(ErrorKind.RESOURCE, "57014"),
    OUT_OF_MEMORY(ErrorKind.RESOURCE, "53200"),
    INTERNAL(ErrorKind.BUG, "XX000");

    private final ErrorKind kind;
    private final String sqlState;

    KernelError(ErrorKind kind, String sqlState) {
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
