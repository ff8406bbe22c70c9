// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can go wrong with functions and with the files that table functions read. */
public enum UdfError implements ErrorCode {
    /** A function threw something. */
    FUNCTION_FAILED(ErrorKind.USER, "38000"),
    /** A class or method that cannot be made a function. */
    BAD_FUNCTION(ErrorKind.USER, "42P13"),
    /** An argument that a function cannot work with. */
    BAD_ARGUMENT(ErrorKind.USER, "22023"),
    /** A type text that names no type. */
    BAD_TYPE(ErrorKind.USER, "42704"),
    /** A glob that cannot be understood. */
    BAD_GLOB(ErrorKind.USER, "22023"),
    /** No file at a location, or none that matches a glob. */
    FILE_NOT_FOUND(ErrorKind.USER, "58P01"),
    /** A text file that breaks the rules of its format. */
    BAD_FILE(ErrorKind.USER, "22P04"),
    /** A value in a text file that does not fit its column's type. */
    BAD_VALUE(ErrorKind.USER, "22018"),
    /** Bytes that are not UTF-8. */
    BAD_ENCODING(ErrorKind.USER, "22021"),
    /** Files of one table whose columns contradict each other. */
    SCHEMA_MISMATCH(ErrorKind.USER, "42804"),
    /** A file, record or batch of values that is larger than the limit. */
    TOO_LARGE(ErrorKind.RESOURCE, "54000"),
    /** A file that could not be read to its end. */
    READ_FAILED(ErrorKind.EXTERNAL, "58030");

    private final ErrorKind kind;
    private final String sqlState;

    UdfError(ErrorKind kind, String sqlState) {
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
