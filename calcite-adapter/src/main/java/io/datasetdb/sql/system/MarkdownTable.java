// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as a table in Markdown, every cell on one line and of bounded length. */
final class MarkdownTable {
    private static final int MAX_LENGTH = 80;
    private static final int MAX_BYTES = MAX_LENGTH / 2;

    private final StringBuilder text = new StringBuilder();

    MarkdownTable(List<String> columns) {
        row(columns);
        row(Collections.nCopies(columns.size(), "---"));
    }

    void row(List<? extends @Nullable Object> cells) {
        text.append(cells.stream().map(MarkdownTable::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String cell(@Nullable Object value) {
        String plain = plain(value);
        String cut = plain.codePointCount(0, plain.length()) > MAX_LENGTH
                ? plain.substring(0, plain.offsetByCodePoints(0, MAX_LENGTH)) + "…"
                : plain;
        return cut.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("\r\n", " ")
                .replace('\n', ' ')
                .replace('\r', ' ');
    }

    private static String plain(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return hexadecimal(bytes);
        }
        if (value instanceof List<?> items) {
            return items.stream().map(MarkdownTable::plain).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> plain(entry.getKey()) + ": " + plain(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value == null ? "NULL" : value.toString();
    }

    private static String hexadecimal(byte[] bytes) {
        String digits = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_BYTES));
        return bytes.length > MAX_BYTES ? digits + "…" : digits;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
