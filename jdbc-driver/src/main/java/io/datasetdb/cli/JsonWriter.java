// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.jdbc.internal.JsonRows;
import io.datasetdb.jdbc.internal.JsonText;
import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** See {@link ResultWriter.Format#JSON}. */
final class JsonWriter implements ResultWriter {
    /** How the text of a column's values becomes JSON. */
    private enum Form {
        RAW,
        NUMBER,
        DATE_TIME,
        STRING
    }

    @Override
    public void write(ResultSet rows, PrintStream out) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        int count = columns.getColumnCount();
        String[] names = new String[count];
        Form[] forms = new Form[count];
        Set<String> used = new HashSet<>();
        for (int i = 0; i < count; i++) {
            StringBuilder name = new StringBuilder(i == 0 ? "{" : ",");
            String label = columns.getColumnLabel(i + 1);
            String key = label;
            // Of two values with one key most readers keep one.
            for (int n = 1; !used.add(key); n++) {
                key = label + "_" + n;
            }
            JsonText.quote(name, key);
            names[i] = name.append(':').toString();
            forms[i] = form(columns, i + 1, rows.isWrapperFor(JsonRows.class));
        }
        StringBuilder line = new StringBuilder();
        while (rows.next()) {
            line.setLength(0);
            for (int i = 0; i < count; i++) {
                line.append(names[i]);
                append(line, forms[i], rows.getString(i + 1));
            }
            out.append(line.append(count == 0 ? "{}\n" : "}\n"));
        }
    }

    private static Form form(ResultSetMetaData columns, int column, boolean nestedAsJson) throws SQLException {
        return switch (columns.getColumnType(column)) {
            case Types.BOOLEAN -> Form.RAW;
            case Types.ARRAY, Types.STRUCT -> nestedAsJson ? Form.RAW : Form.STRING;
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> Form.NUMBER;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Form.DATE_TIME;
            case Types.OTHER ->
                columns.getColumnTypeName(column).startsWith("MAP") && nestedAsJson ? Form.RAW : Form.STRING;
            default -> Form.STRING;
        };
    }

    private static void append(StringBuilder line, Form form, @Nullable String value) {
        if (value == null) {
            line.append("null");
            return;
        }
        switch (form) {
            case RAW -> line.append(value);
            case NUMBER -> {
                if (value.equals("NaN") || value.endsWith("Infinity")) {
                    JsonText.quote(line, value);
                } else {
                    line.append(value);
                }
            }
            case DATE_TIME -> JsonText.quote(line, value.replace(' ', 'T'));
            case STRING -> JsonText.quote(line, value);
        }
    }
}
