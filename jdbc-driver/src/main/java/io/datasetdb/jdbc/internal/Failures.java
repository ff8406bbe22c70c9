// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.error.DatasetDbException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.apache.calcite.avatica.AvaticaSqlException;
import org.jspecify.annotations.Nullable;

/** Turns whatever was thrown on the way into the one {@link SQLException} that the caller sees: a sentence and a SQLSTATE. */
public final class Failures {
    private static final String AVATICA_PREFIX = "Remote driver error: ";

    private Failures() {}

    /** The exception to throw from a JDBC method. */
    public static SQLException sql(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            root = t;
            SQLException known = known(t);
            if (known != null) {
                return known;
            }
        }
        if (root instanceof SQLFeatureNotSupportedException) {
            return unsupported(root.getMessage());
        }
        return root instanceof SQLException
                ? of(String.valueOf(root.getMessage()), "HY000", root)
                : of("Cannot complete the call: " + root, "XX000", thrown);
    }

    /** The exception for something that knows its SQLSTATE, or {@code null}. */
    private static @Nullable SQLException known(Throwable t) {
        if (t instanceof DatasetDbException known) {
            return of(String.valueOf(known.getMessage()), known.sqlState(), known);
        }
        if (t instanceof LinkFailure lost) {
            return of(String.valueOf(lost.getMessage()), lost.sqlState(), lost.getCause());
        }
        if (t instanceof AvaticaClientRuntimeException remote) {
            return of(withoutPrefix(remote.getMessage()), state(remote.getSqlState()), null);
        }
        if (t instanceof AvaticaSqlException remote) {
            return of(withoutPrefix(remote.getErrorMessage()), state(remote.getSQLState()), null);
        }
        return t instanceof SQLException found && found.getSQLState() != null ? found : null;
    }

    /** The exception for a sentence; its class follows from the class of the SQLSTATE. */
    public static SQLException of(String message, String sqlState, @Nullable Throwable cause) {
        return switch (sqlState.substring(0, 2)) {
            case "08" -> new SQLNonTransientConnectionException(message, sqlState, cause);
            case "0A" -> new SQLFeatureNotSupportedException(message, sqlState, cause);
            case "22" -> new SQLDataException(message, sqlState, cause);
            case "42" -> new SQLSyntaxErrorException(message, sqlState, cause);
            default -> new SQLException(message, sqlState, cause);
        };
    }

    /** The exception for what this driver does not do. */
    public static SQLException unsupported(@Nullable String what) {
        return new SQLFeatureNotSupportedException(
                what == null ? "Cannot do this: the driver does not support it" : what, "0A000");
    }

    private static String withoutPrefix(@Nullable String message) {
        String text = String.valueOf(message);
        int found = text.lastIndexOf(AVATICA_PREFIX);
        return found < 0 ? text : text.substring(found + AVATICA_PREFIX.length());
    }

    private static String state(@Nullable String sqlState) {
        return sqlState == null || sqlState.length() != 5 || sqlState.equals("00000") ? "HY000" : sqlState;
    }
}
