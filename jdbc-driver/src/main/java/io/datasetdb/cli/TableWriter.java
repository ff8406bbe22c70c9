// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * See {@link ResultWriter.Format#TABLE}. Columns are as wide as the widest value of the first rows; in a longer result later
 * values may stick out. Numbers are aligned to the right, control characters shown as {@code \n} and the like.
 */
final class TableWriter implements ResultWriter {
    private static final int LOOK_AHEAD = 10_000;

    @Override
    public void write(ResultSet rows, PrintStream out) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        int count = columns.getColumnCount();
        String[] header = new String[count];
        int[] widths = new int[count];
        boolean[] right = new boolean[count];
        for (int i = 0; i < count; i++) {
            header[i] = columns.getColumnLabel(i + 1);
            widths[i] = width(header[i]);
            right[i] = isNumber(columns.getColumnType(i + 1));
        }
        List<String[]> first = new ArrayList<>();
        while (first.size() < LOOK_AHEAD && rows.next()) {
            String[] row = row(rows, count);
            first.add(row);
            for (int i = 0; i < count; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        line(out, header, widths, new boolean[count]);
        rule(out, widths);
        long total = first.size();
        for (String[] row : first) {
            line(out, row, widths, right);
        }
        while (total >= LOOK_AHEAD && rows.next()) {
            line(out, row(rows, count), widths, right);
            total++;
        }
        out.append("(" + total + (total == 1 ? " row)\n" : " rows)\n"));
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> false;
        };
    }

    private static String[] row(ResultSet rows, int count) throws SQLException {
        String[] result = new String[count];
        for (int i = 0; i < count; i++) {
            String value = rows.getString(i + 1);
            result[i] = value == null ? "NULL" : visible(value);
        }
        return result;
    }

    /** Control characters as escapes: what comes out of a file must not move the cursor or colour the terminal. */
    static String visible(String value) {
        boolean clean = true;
        for (int i = 0; clean && i < value.length(); i++) {
            clean = !Character.isISOControl(value.charAt(i));
        }
        if (clean) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        value.chars()
                .forEach(c -> text.append(
                        switch (c) {
                            case '\r' -> "\\r";
                            case '\n' -> "\\n";
                            case '\t' -> "\\t";
                            default -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c);
                        }));
        return text.toString();
    }

    /** How many columns of a terminal the text takes: Chinese characters take two, combining ones none. */
    private static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            width += Math.max(0, WCWidth.wcwidth(text.codePointAt(i)));
        }
        return width;
    }

    private static void line(PrintStream out, String[] cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(i == 0 ? " " : " | ");
            String padding = " ".repeat(Math.max(0, widths[i] - width(cells[i])));
            line.append(right[i] ? padding : "").append(cells[i]).append(right[i] ? "" : padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static void rule(PrintStream out, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "-" : "-+-").append("-".repeat(widths[i]));
        }
        out.append(line).append("-\n");
    }
}
