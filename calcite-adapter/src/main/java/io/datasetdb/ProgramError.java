// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can be wrong with the way a Java program uses a warehouse. */
public enum ProgramError implements ErrorCode {
    /** A Java type that has no column type. */
    UNSUPPORTED_TYPE(ErrorKind.USER, "0A000"),
    /** A record and columns that do not go together. */
    MISMATCH(ErrorKind.USER, "42804"),
    /** A value that does not fit its column or component. */
    BAD_VALUE(ErrorKind.USER, "22018"),
    /** NULL where there must be a value. */
    NULL_VALUE(ErrorKind.USER, "22002"),
    /** Names or numbers that a call cannot work with. */
    BAD_ARGUMENT(ErrorKind.USER, "22023"),
    /** A column that is named but does not exist. */
    UNDEFINED_COLUMN(ErrorKind.USER, "42703"),
    /** Two columns of one name. */
    DUPLICATE_COLUMN(ErrorKind.USER, "42701"),
    /** A function of the program threw something. */
    FUNCTION_FAILED(ErrorKind.USER, "38000"),
    /** Reading on after the database was closed. */
    CLOSED(ErrorKind.USER, "08003"),
    /** The rows of the program that are to be deposited could not be had. */
    ROWS_FAILED(ErrorKind.USER, "38000");

    private final ErrorKind kind;
    private final String sqlState;

    ProgramError(ErrorKind kind, String sqlState) {
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
