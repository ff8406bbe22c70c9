// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can be wrong with a statement after it was parsed and before it runs. */
public enum SqlError implements ErrorCode {
    UNDEFINED_TABLE(ErrorKind.USER, "42P01"),
    UNDEFINED_PROJECT(ErrorKind.USER, "3F000"),
    UNDEFINED_COLUMN(ErrorKind.USER, "42703"),
    UNDEFINED_SETTING(ErrorKind.USER, "42704"),
    UNDEFINED_PARAM(ErrorKind.USER, "42704"),
    UNDEFINED_FUNCTION(ErrorKind.USER, "42883"),
    GROUPING(ErrorKind.USER, "42803"),
    AMBIGUOUS_COLUMN(ErrorKind.USER, "42702"),
    DUPLICATE_COLUMN(ErrorKind.USER, "42701"),
    TYPE_MISMATCH(ErrorKind.USER, "42804"),
    INVALID_STATEMENT(ErrorKind.USER, "42601"),
    INVALID_ARGUMENT(ErrorKind.USER, "22023"),
    INVALID_DEFINITION(ErrorKind.USER, "42611"),
    NOT_NULL(ErrorKind.USER, "23502"),
    WRONG_PARAMETERS(ErrorKind.USER, "07001"),
    /** What a version was made from, or by, is not there any more as it was. */
    NOT_REPEATABLE(ErrorKind.USER, "55000"),
    UNSUPPORTED(ErrorKind.USER, "0A000"),
    TOO_COMPLEX(ErrorKind.USER, "54001"),
    SESSION_CLOSED(ErrorKind.USER, "08003"),
    INTERNAL(ErrorKind.BUG, "XX000");

    private final ErrorKind kind;
    private final String sqlState;

    SqlError(ErrorKind kind, String sqlState) {
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
