// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can be wrong with a value on its way into a vector. */
public enum VectorError implements ErrorCode {
    /** Text that is no Unicode. */
    BAD_TEXT("22021");

    private final String sqlState;

    VectorError(String sqlState) {
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
