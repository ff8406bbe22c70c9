// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Types as the registry keeps them: as {@link DataType#sql()}, but the fields of a ROW are quoted unless they are plain
 * identifiers and say NOT NULL where they are, so that the text reads back to an equal type.
 */
public final class TypeText {
    private final String text;
    private int position;

    private TypeText(String text) {
        this.text = text;
    }

    public static String format(DataType type) {
        if (type instanceof DataType.Row row) {
            return row.fields().stream()
                    .map(field ->
                            quote(field.name()) + " " + format(field.type()) + (field.nullable() ? "" : " NOT NULL"))
                    .collect(Collectors.joining(", ", "ROW(", ")"));
        }
        if (type instanceof DataType.Array array) {
            return format(array.element()) + " ARRAY";
        }
        if (type instanceof DataType.Map map) {
            return "MAP<" + format(map.key()) + ", " + format(map.value()) + ">";
        }
        return type.sql();
    }

    private static String quote(String name) {
        boolean plain =
                !name.isEmpty() && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    public static DataType parse(String text) {
        var reader = new TypeText(text);
        DataType type = reader.type();
        if (reader.position != text.length()) {
            throw reader.damaged();
        }
        return type;
    }

    private DataType type() {
        DataType type = element();
        while (accept(" ARRAY")) {
            type = DataType.array(type);
        }
        return type;
    }

    private DataType element() {
        if (accept("ROW(")) {
            return row();
        }
        if (accept("MAP<")) {
            DataType key = type();
            expect(", ");
            DataType value = type();
            expect(">");
            return DataType.map(key, value);
        }
        if (accept("DECIMAL(")) {
            int precision = integer();
            expect(", ");
            int scale = integer();
            expect(")");
            return DataType.decimal(precision, scale);
        }
        return simple();
    }

    private DataType row() {
        var fields = new ArrayList<Field>();
        while (!accept(")")) {
            if (!fields.isEmpty()) {
                expect(", ");
            }
            String name = name();
            expect(" ");
            DataType type = type();
            fields.add(new Field(name, type, !accept(" NOT NULL")));
        }
        return DataType.row(fields);
    }

    private String name() {
        var name = new StringBuilder();
        if (accept("\"")) {
            while (true) {
                if (accept("\"\"")) {
                    name.append('"');
                } else if (accept("\"")) {
                    return name.toString();
                } else if (position < text.length()) {
                    name.append(text.charAt(position));
                    position++;
                } else {
                    throw damaged();
                }
            }
        }
        while (position < text.length() && text.charAt(position) != ' ') {
            name.append(text.charAt(position));
            position++;
        }
        return name.toString();
    }

    /** Longer names first: {@code TIMESTAMP WITH LOCAL TIME ZONE} begins with {@code TIMESTAMP}, which begins with {@code TIME}. */
    private static final List<DataType> SIMPLE = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIMESTAMP_LTZ,
            DataType.TIMESTAMP,
            DataType.TIME,
            DataType.UUID,
            DataType.INTERVAL_MONTH,
            DataType.INTERVAL_DAY,
            DataType.NULL);

    private DataType simple() {
        return SIMPLE.stream().filter(type -> accept(type.sql())).findFirst().orElseThrow(this::damaged);
    }

    private int integer() {
        int start = position;
        while (position < text.length() && Character.isDigit(text.charAt(position))) {
            position++;
        }
        return Integer.parseInt(text.substring(start, position));
    }

    private boolean accept(String token) {
        boolean there = text.startsWith(token, position);
        if (there) {
            position += token.length();
        }
        return there;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw damaged();
        }
    }

    private IllegalStateException damaged() {
        return new IllegalStateException("not a type at character " + position + ": " + text);
    }
}
