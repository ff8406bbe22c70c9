// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as maps, lists, String, Long, Double, Boolean and {@code null}: all that a manifest needs, which is not worth
 * a library in this room. Reading fails with an {@link IllegalArgumentException} that names the position.
 */
final class JsonTree {
    private static final int MAX_DEPTH = 50;

    private final String text;
    private int at;
    private int depth;

    private JsonTree(String text) {
        this.text = text;
    }

    static void write(StringBuilder out, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                quote(out.append(separator), String.valueOf(entry.getKey()));
                write(out.append(':'), entry.getValue());
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object item : list) {
                // One line for each item of the outer lists keeps manifests readable.
                write(out.append(separator).append(item instanceof Map ? "\n" : ""), item);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            quote(out, number.toString());
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            quote(out, value.toString());
        }
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    static @Nullable Object read(String text) {
        JsonTree tree = new JsonTree(text);
        Object value = tree.value();
        if (tree.next() != 0) {
            throw tree.wrong();
        }
        return value;
    }

    /** The next character that is no white space, 0 at the end; not taken. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char expected) {
        boolean found = next() == expected;
        at += found ? 1 : 0;
        return found;
    }

    private void require(char expected) {
        if (!take(expected)) {
            throw wrong();
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("its manifest is no JSON at character " + at);
    }

    private @Nullable Object value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        try {
            return number.matches("-?[0-9]+") ? (Object) Long.valueOf(number) : Double.valueOf(number);
        } catch (NumberFormatException e) {
            at = start;
            throw wrong();
        }
    }

    private Map<String, @Nullable Object> object() {
        require('{');
        deeper();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (!take('}')) {
            do {
                next();
                String name = string();
                require(':');
                map.put(name, value());
            } while (take(','));
            require('}');
        }
        depth--;
        return map;
    }

    private List<@Nullable Object> array() {
        require('[');
        deeper();
        List<@Nullable Object> list = new ArrayList<>();
        if (!take(']')) {
            do {
                list.add(value());
            } while (take(','));
            require(']');
        }
        depth--;
        return list;
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw wrong();
        }
    }

    private String string() {
        require('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw wrong();
            }
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw wrong();
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw wrong();
        };
    }
}
