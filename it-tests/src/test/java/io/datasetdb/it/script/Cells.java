// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Values of a result as text that does not depend on the client: what one protocol carries as a Struct or an Array is JSON
 * text in another. Lists are written {@code [a, b]}, rows {@code (a, b)}, maps <code>{k: v}</code>.
 */
final class Cells {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Cells() {}

    static String text(ResultSet rows, int column) throws SQLException {
        String type = rows.getMetaData().getColumnTypeName(column);
        int code = rows.getMetaData().getColumnType(column);
        if (code == Types.ARRAY || code == Types.STRUCT || type.startsWith("ROW(") || type.startsWith("MAP<")) {
            Object value = rows.getObject(column);
            if (value instanceof String json && type.startsWith("MAP<")) {
                return map(json);
            }
            return value == null ? "NULL" : nested(value);
        }
        String text = rows.getString(column);
        if (text == null) {
            return "NULL";
        }
        // What stock clients print of these is their own; what they hold is not.
        return switch (code) {
            case Types.REAL -> String.valueOf(Float.parseFloat(text) + 0.0f);
            case Types.FLOAT, Types.DOUBLE -> String.valueOf(Double.parseDouble(text) + 0.0);
            case Types.DECIMAL, Types.NUMERIC -> rows.getBigDecimal(column).toPlainString();
            case Types.BINARY, Types.VARBINARY -> HexFormat.of().formatHex(rows.getBytes(column));
            case Types.TIME, Types.TIMESTAMP ->
                text.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
            default -> text.replace("\n", "\\n");
        };
    }

    private static String nested(Object value) throws SQLException {
        if (value instanceof Array array) {
            return nested(array.getArray());
        }
        if (value != null && value.getClass().isArray()) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
                parts.add(nested(java.lang.reflect.Array.get(value, i)));
            }
            return "[" + String.join(", ", parts) + "]";
        }
        if (value instanceof Struct struct) {
            return row(Arrays.asList(struct.getAttributes()));
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                parts.add(nested(entry.getKey()) + ": " + nested(entry.getValue()));
            }
            return "{" + String.join(", ", parts) + "}";
        }
        return value == null ? "NULL" : json(value.toString());
    }

    private static String row(List<?> attributes) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (Object attribute : attributes) {
            parts.add(nested(attribute));
        }
        return "(" + String.join(", ", parts) + ")";
    }

    private static String list(List<?> elements) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (Object element : elements) {
            parts.add(nested(element));
        }
        return "[" + String.join(", ", parts) + "]";
    }

    /** JSON text as the value it stands for; any other text as it is. */
    private static String json(String text) throws SQLException {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return text;
        }
        try {
            return json(JSON.readTree(text));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return text;
        }
    }

    private static String map(String text) throws SQLException {
        try {
            List<String> parts = new ArrayList<>();
            JSON.readTree(text)
                    .properties()
                    .forEach(entry -> parts.add(entry.getKey() + ": " + json(entry.getValue())));
            return "{" + String.join(", ", parts) + "}";
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new SQLException(text, e);
        }
    }

    private static String json(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> parts.add(json(element)));
            return "[" + String.join(", ", parts) + "]";
        }
        if (node.isObject()) {
            node.forEach(element -> parts.add(json(element)));
            return "(" + String.join(", ", parts) + ")";
        }
        return node.isNull() ? "NULL" : node.asText();
    }
}
