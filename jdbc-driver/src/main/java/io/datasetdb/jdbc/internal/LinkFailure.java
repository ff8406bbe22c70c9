// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import org.jspecify.annotations.Nullable;

/** The way to a server is broken. Avatica's client interface knows no checked exception, so this one is not. */
final class LinkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    LinkFailure(String message, String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    String sqlState() {
        return sqlState;
    }
}
