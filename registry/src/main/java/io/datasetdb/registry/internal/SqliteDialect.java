// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite in WAL mode: one writer at a time, readers never wait. A writer takes its lock when it begins, so that it never
 * has to give up half-way because somebody else wrote meanwhile.
 */
final class SqliteDialect implements Dialect {
    @Override
    public Map<String, String> placeholders() {
        return Map.of("identity", "INTEGER PRIMARY KEY");
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        run(connection, "BEGIN");
    }

    @Override
    public void beginWrite(Connection connection) throws SQLException {
        run(connection, "BEGIN IMMEDIATE");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Failure meaning(SQLException failure) {
        int code = failure.getErrorCode() & 0xff;
        // SQLITE_PROTOCOL: others kept coming first while this one looked for its place in the log.
        if (code == SQLiteErrorCode.SQLITE_BUSY.code
                || code == SQLiteErrorCode.SQLITE_LOCKED.code
                || code == SQLiteErrorCode.SQLITE_PROTOCOL.code) {
            return Failure.BUSY;
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code || lacksRoomForItsIndex(failure)) {
            return Failure.FULL;
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
            return Failure.READ_ONLY;
        }
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return Failure.DAMAGED;
        }
        return Failure.OTHER;
    }

    /** The log's index is a file that grows like others, but its growth fails with a code of its own. */
    private static boolean lacksRoomForItsIndex(SQLException failure) {
        return failure instanceof SQLiteException known
                && known.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    @Override
    public boolean isMissingTransaction(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("no transaction is active");
    }

    @Override
    public List<String> damages(Sql sql) throws SQLException {
        return sql.list("PRAGMA integrity_check(10)", row -> row.getString(1)).stream()
                .filter(line -> !line.equals("ok"))
                .toList();
    }

    @Override
    public boolean isMissingTable(@Nullable SQLException failure) {
        String message = failure == null ? null : failure.getMessage();
        return message != null && message.contains("no such table");
    }
}
