// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads types as SQL writes them, {@code DECIMAL(10, 2)}, {@code ROW(a INTEGER, b VARCHAR ARRAY)}, {@code MAP<VARCHAR,
 * BIGINT>}, with the usual synonyms of PostgreSQL and DuckDB ({@code TEXT}, {@code INT8}, {@code STRUCT}, {@code T[]}), and
 * lists of columns, {@code a INTEGER, b VARCHAR NOT NULL}. Reads whatever {@link DataType#sql()} writes.
 */
public final class TypeText {
    /** DECIMAL without parameters, as DuckDB has it. */
    private static final DataType DEFAULT_DECIMAL = DataType.decimal(18, 3);

    private static final Map<String, DataType> SIMPLE = Map.ofEntries(
            Map.entry("BOOLEAN", DataType.BOOLEAN),
            Map.entry("BOOL", DataType.BOOLEAN),
            Map.entry("TINYINT", DataType.TINYINT),
            Map.entry("INT1", DataType.TINYINT),
            Map.entry("SMALLINT", DataType.SMALLINT),
            Map.entry("INT2", DataType.SMALLINT),
            Map.entry("INTEGER", DataType.INTEGER),
            Map.entry("INT", DataType.INTEGER),
            Map.entry("INT4", DataType.INTEGER),
            Map.entry("BIGINT", DataType.BIGINT),
            Map.entry("LONG", DataType.BIGINT),
            Map.entry("INT8", DataType.BIGINT),
            Map.entry("REAL", DataType.REAL),
            Map.entry("FLOAT4", DataType.REAL),
            Map.entry("FLOAT", DataType.DOUBLE),
            Map.entry("FLOAT8", DataType.DOUBLE),
            Map.entry("DOUBLE", DataType.DOUBLE),
            Map.entry("VARCHAR", DataType.VARCHAR),
            Map.entry("CHAR", DataType.VARCHAR),
            Map.entry("TEXT", DataType.VARCHAR),
            Map.entry("STRING", DataType.VARCHAR),
            Map.entry("VARBINARY", DataType.VARBINARY),
            Map.entry("BINARY", DataType.VARBINARY),
            Map.entry("BLOB", DataType.VARBINARY),
            Map.entry("BYTEA", DataType.VARBINARY),
            Map.entry("DATE", DataType.DATE),
            Map.entry("TIME", DataType.TIME),
            Map.entry("TIMESTAMP", DataType.TIMESTAMP),
            Map.entry("DATETIME", DataType.TIMESTAMP),
            Map.entry("TIMESTAMPTZ", DataType.TIMESTAMP_LTZ),
            Map.entry("UUID", DataType.UUID),
            Map.entry("NULL", DataType.NULL));

    private final String text;
    private final Map<String, DataType> variables;
    private int position;

    private TypeText(String text, Map<String, DataType> variables) {
        this.text = text;
        this.variables = variables;
    }

    /** Reads a type. */
    public static DataType parse(String text) {
        return parse(text, Map.of());
    }

    /** Reads a type in which some names, exactly as given, stand for types. */
    public static DataType parse(String text, Map<String, DataType> variables) {
        TypeText parser = new TypeText(text, variables);
        DataType type = parser.type();
        parser.expectEnd();
        return type;
    }

    /** Reads a list of columns; an empty text is an error. */
    public static List<Field> parseColumns(String text) {
        TypeText parser = new TypeText(text, Map.of());
        List<Field> fields = parser.fields();
        parser.expectEnd();
        return fields;
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        do {
            String name = identifier();
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw bad("the name occurs twice (" + name + ")");
            }
            DataType type = type();
            boolean nullable = true;
            if (acceptWord("NOT")) {
                expectWord("NULL");
                nullable = false;
            }
            fields.add(new Field(name, type, nullable));
        } while (accept(','));
        return fields;
    }

    private DataType type() {
        DataType type = base();
        while (true) {
            if (acceptWord("ARRAY")) {
                type = DataType.array(type);
            } else if (accept('[')) {
                expect(']');
                type = DataType.array(type);
            } else {
                return type;
            }
        }
    }

    private DataType base() {
        int start = position;
        String word = identifier();
        DataType variable = variables.get(word);
        if (variable != null) {
            return variable;
        }
        String name = word.toUpperCase(Locale.ROOT);
        switch (name) {
            case "DECIMAL", "NUMERIC" -> {
                return decimal();
            }
            case "ROW", "STRUCT" -> {
                expect('(');
                List<Field> fields = fields();
                expect(')');
                return DataType.row(fields);
            }
            case "MAP" -> {
                return map();
            }
            case "INTERVAL" -> {
                return interval();
            }
            default -> {
                DataType type = SIMPLE.get(name);
                if (type == null) {
                    position = start;
                    throw bad("no type has this name (" + word + ")");
                }
                return suffixed(type);
            }
        }
    }

    /** What may follow the name of a simple type: a length or precision, which is accepted, and time zones. */
    private DataType suffixed(DataType type) {
        boolean precise = type == DataType.VARCHAR
                || type == DataType.VARBINARY
                || type == DataType.TIMESTAMP
                || type == DataType.TIME;
        if (precise && accept('(')) {
            number();
            expect(')');
        }
        if (type == DataType.DOUBLE) {
            acceptWord("PRECISION");
        }
        if (type == DataType.TIMESTAMP && acceptWord("WITHOUT")) {
            expectWord("TIME");
            expectWord("ZONE");
        } else if (type == DataType.TIMESTAMP && acceptWord("WITH")) {
            acceptWord("LOCAL");
            expectWord("TIME");
            expectWord("ZONE");
            return DataType.TIMESTAMP_LTZ;
        }
        return type;
    }

    private DataType decimal() {
        if (!accept('(')) {
            return DEFAULT_DECIMAL;
        }
        int precision = number();
        int scale = accept(',') ? number() : 0;
        expect(')');
        if (precision < 1 || precision > DataType.MAX_DECIMAL_PRECISION || scale > precision) {
            throw bad("precision is 1 to 38 and scale at most precision (" + precision + ", " + scale + ")");
        }
        return DataType.decimal(precision, scale);
    }

    private DataType map() {
        boolean angled = accept('<');
        if (!angled) {
            expect('(');
        }
        DataType key = type();
        expect(',');
        DataType value = type();
        expect(angled ? '>' : ')');
        return DataType.map(key, value);
    }

    private DataType interval() {
        if (acceptWord("YEAR")) {
            expectWord("TO");
            expectWord("MONTH");
            return DataType.INTERVAL_MONTH;
        }
        expectWord("DAY");
        expectWord("TO");
        expectWord("SECOND");
        return DataType.INTERVAL_DAY;
    }

    private String identifier() {
        skipSpace();
        if (position < text.length() && text.charAt(position) == '"') {
            return quoted();
        }
        int start = position;
        while (position < text.length() && Character.isUnicodeIdentifierPart(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw bad("a name is missing");
        }
        return text.substring(start, position);
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        for (int i = position + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '"') {
                name.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                name.append(c);
                i++;
            } else {
                position = i + 1;
                return name.toString();
            }
        }
        throw bad("a quoted name has no end");
    }

    private int number() {
        skipSpace();
        int start = position;
        while (position < text.length() && position - start < 9 && Character.isDigit(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw bad("a number is missing");
        }
        return Integer.parseInt(text, start, position, 10);
    }

    private boolean acceptWord(String word) {
        skipSpace();
        int end = position + word.length();
        boolean found = text.regionMatches(true, position, word, 0, word.length())
                && (end == text.length() || !Character.isUnicodeIdentifierPart(text.charAt(end)));
        if (found) {
            position = end;
        }
        return found;
    }

    private void expectWord(String word) {
        if (!acceptWord(word)) {
            throw bad(word + " is missing");
        }
    }

    private boolean accept(char c) {
        skipSpace();
        boolean found = position < text.length() && text.charAt(position) == c;
        if (found) {
            position++;
        }
        return found;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw bad("'" + c + "' is missing");
        }
    }

    private void expectEnd() {
        skipSpace();
        if (position < text.length()) {
            throw bad("there is more than a type");
        }
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private DatasetDbException bad(String reason) {
        return new DatasetDbException(
                UdfError.BAD_TYPE, "Cannot read type '" + text + "': " + reason + " at position " + (position + 1));
    }
}
