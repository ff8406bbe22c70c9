// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import java.util.List;

/** One user's conversation with the engine: defaults, temporary datasets, running statements. Safe for several threads. */
public final class Session implements AutoCloseable {
    Session() {}

    /** Parses, validates and plans one statement (a trailing semicolon is allowed). */
    public PreparedStatement prepare(String sql) {
        throw new UnsupportedOperationException(sql);
    }

    /** Prepares and runs a statement without parameters. */
    public StatementResult execute(String sql) {
        return prepare(sql).execute(List.of(), 0);
    }

    public SessionOptions options() {
        throw new UnsupportedOperationException();
    }

    /** Changes the defaults for unqualified names; fails if the project does not exist. */
    public void use(String namespace, String project) {
        throw new UnsupportedOperationException();
    }

    /** What exists, for JDBC metadata. */
    public SessionMetadata metadata() {
        throw new UnsupportedOperationException();
    }

    /** Cancels what runs and forgets temporary datasets; idempotent. */
    @Override
    public void close() {}
}
