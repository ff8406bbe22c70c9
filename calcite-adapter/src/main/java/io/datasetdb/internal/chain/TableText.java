// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import io.datasetdb.Row;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few rows as aligned text. */
public final class TableText {
    private static final int WIDEST = 60;

    private TableText() {}

    /** A header, a rule and the rows, a line each; long values are cut. */
    public static String of(List<Field> columns, List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Field::name).toList());
        rows.forEach(row -> lines.add(row.values().stream().map(TableText::cell).toList()));
        StringBuilder text = new StringBuilder();
        int[] widths = new int[columns.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        for (int i = 0; i < lines.size(); i++) {
            append(text, lines.get(i), widths);
            if (i == 0) {
                List<String> rule = new ArrayList<>();
                for (int width : widths) {
                    rule.add("-".repeat(width));
                }
                append(text, rule, widths);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : "  ").append(cell).append(" ".repeat(widths[i] - cell.length()));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /** What comes out of a file must not move the cursor. */
    private static String cell(@Nullable Object value) {
        String text = value == null ? "NULL" : value instanceof byte[] bytes ? bytes.length + " bytes" : "" + value;
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= WIDEST ? plain : plain.substring(0, WIDEST - 1) + "…";
    }
}
