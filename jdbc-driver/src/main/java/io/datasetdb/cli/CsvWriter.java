// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** See {@link ResultWriter.Format#CSV}. */
final class CsvWriter implements ResultWriter {
    @Override
    public void write(ResultSet rows, PrintStream out) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            append(line, i, columns.getColumnLabel(i));
        }
        out.append(line.append('\n'));
        while (rows.next()) {
            line.setLength(0);
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                append(line, i, rows.getString(i));
            }
            out.append(line.append('\n'));
        }
    }

    private static void append(StringBuilder line, int column, @Nullable String value) {
        if (column > 1) {
            line.append(',');
        }
        if (value == null) {
            return;
        }
        if (needsQuotes(value)) {
            line.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            line.append(value);
        }
    }

    private static boolean needsQuotes(String value) {
        return value.isEmpty()
                || value.indexOf(',') >= 0
                || value.indexOf('"') >= 0
                || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0;
    }
}
