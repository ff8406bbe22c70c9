// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.udf.ProgramFunctions;
import io.datasetdb.vector.Schema;
import java.util.List;

/** One user's conversation with the engine: defaults, temporary datasets, running statements. Safe for several threads. */
public interface Session extends AutoCloseable {
    /** Parses, validates and plans one statement (a trailing semicolon is allowed). */
    PreparedStatement prepare(String sql);

    /**
     * As {@link #prepare}, for a statement that is run at once: what preparing it found out about files outside the warehouse
     * holds for its first execution, which need not list a folder a second time.
     */
    default PreparedStatement prepareOnce(String sql) {
        return prepare(sql);
    }

    /** As {@link #prepareOnce(String)}, for a statement that may call functions of the program. */
    default PreparedStatement prepareOnce(String sql, ProgramFunctions program) {
        throw new UnsupportedOperationException("functions of a program");
    }

    /** The columns that a query would have; nothing is run or remembered. */
    default Schema schemaOf(String query, ProgramFunctions program) {
        throw new UnsupportedOperationException("functions of a program");
    }

    /** Prepares and runs a statement without parameters. */
    default StatementResult execute(String sql) {
        return prepareOnce(sql).execute(List.of(), 0);
    }

    SessionOptions options();

    /** Changes the defaults for unqualified names; fails if the project does not exist. */
    void use(String namespace, String project);

    /** What exists, for JDBC metadata. */
    SessionMetadata metadata();

    /** Cancels what runs and forgets temporary datasets; idempotent. */
    @Override
    void close();
}
