// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.jdbc.internal.LocalResult;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;

/** What plain and prepared statements do alike; Avatica's class hierarchy leaves them no common parent of ours. */
final class StatementCalls {
    /** A call of Avatica's own code. */
    interface Call {
        void run() throws SQLException;
    }

    private StatementCalls() {}

    static void checkOpen(AvaticaStatement statement, DatasetDbConnection connection) throws SQLException {
        if (statement.isClosed()) {
            throw Failures.of("Cannot use the statement: it is closed", "HY010", null);
        }
        if (connection.isClosed()) {
            throw Failures.of("Cannot use the statement: its connection is closed", "08003", null);
        }
    }

    /** Asks the engine to end what the statement runs. Avatica's own flag is left alone: it would never be taken back. */
    static void cancel(AvaticaStatement statement, DatasetDbConnection connection) throws SQLException {
        checkOpen(statement, connection);
        try {
            connection.clientMeta().cancel(statement.handle);
        } catch (RuntimeException e) {
            throw Failures.sql(e);
        }
    }

    static void close(Call call) throws SQLException {
        try {
            call.run();
        } catch (SQLException | RuntimeException e) {
            throw Failures.sql(e);
        }
    }

    static ResultSet noKeys() throws SQLException {
        return LocalResult.of(Schema.of(Field.of("GENERATED_KEY", DataType.BIGINT)), List.of());
    }

    static int saturated(long count) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(Integer.MIN_VALUE, count));
    }
}
