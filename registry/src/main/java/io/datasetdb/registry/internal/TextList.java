// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists and tables inside one text column: one item a line, the fields of an item separated by tabs; in a field {@code \n},
 * {@code \t} and {@code \\} stand for line feed, tab and backslash. An empty text is an empty list.
 */
public final class TextList {
    private TextList() {}

    /** One line per item, each of one field. */
    public static String ofItems(List<String> items) {
        return ofRows(items.stream().map(List::of).toList());
    }

    /** One line per entry: key, value. */
    public static String ofMap(Map<String, String> map) {
        return ofRows(map.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    public static String ofRows(List<List<String>> rows) {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i > 0) {
                    text.append('\t');
                }
                escape(row.get(i), text);
            }
            text.append('\n');
        }
        return text.toString();
    }

    public static List<String> items(String text) {
        var items = new ArrayList<String>();
        for (int start = 0; start < text.length(); ) {
            int end = lineEnd(text, start);
            items.add(unescape(text, start, end));
            start = end + 1;
        }
        return items;
    }

    public static Map<String, String> map(String text) {
        var map = new LinkedHashMap<String, String>();
        rows(text).forEach(row -> map.put(row.get(0), row.get(1)));
        return map;
    }

    public static List<List<String>> rows(String text) {
        var rows = new ArrayList<List<String>>();
        int start = 0;
        while (start < text.length()) {
            int end = lineEnd(text, start);
            rows.add(fields(text, start, end));
            start = end + 1;
        }
        return rows;
    }

    /** Only a line feed ends a line; what else Java takes for the end of one may be part of an item. */
    private static int lineEnd(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private static List<String> fields(String text, int start, int end) {
        var fields = new ArrayList<String>();
        int from = start;
        while (true) {
            int tab = text.indexOf('\t', from);
            int to = tab < 0 || tab > end ? end : tab;
            fields.add(unescape(text, from, to));
            if (to == end) {
                return fields;
            }
            from = to + 1;
        }
    }

    private static void escape(String field, StringBuilder text) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> text.append(c);
            }
        }
    }

    private static String unescape(String text, int from, int to) {
        String field = text.substring(from, to);
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                i++;
                char escaped = field.charAt(i);
                plain.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
