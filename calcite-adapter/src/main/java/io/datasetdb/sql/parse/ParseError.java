// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can be wrong with the text of a statement. */
public enum ParseError implements ErrorCode {
    /** It is not a statement of the language. */
    SYNTAX_ERROR("42601"),
    /** It has a clause of other databases. */
    UNSUPPORTED("0A000"),
    /** It is nested more deeply than this process can follow. */
    TOO_DEEP("54001");

    private final String sqlState;

    ParseError(String sqlState) {
        this.sqlState = sqlState;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }

    @Override
    public String sqlState() {
        return sqlState;
    }
}
