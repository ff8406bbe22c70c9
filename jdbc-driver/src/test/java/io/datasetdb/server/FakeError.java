// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What goes wrong in {@link FakeEngine}. */
enum FakeError implements ErrorCode {
    UNKNOWN_TABLE("42P01", ErrorKind.USER),
    UNKNOWN_PROJECT("3F000", ErrorKind.USER),
    DIVISION("22012", ErrorKind.USER),
    CANCELLED("57014", ErrorKind.USER);

    private final String sqlState;
    private final ErrorKind kind;

    FakeError(String sqlState, ErrorKind kind) {
        this.sqlState = sqlState;
        this.kind = kind;
    }

    @Override
    public String sqlState() {
        return sqlState;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
