// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;

/**
 * Values as JSON (RFC 8259), without white space: numbers and booleans as such, ARRAY as an array, MAP and ROW as objects,
 * all else as a string of what {@link ValueText} says. NaN and infinities, which JSON lacks, are strings.
 */
public final class JsonText {
    private static final char FIRST_PRINTABLE = 0x20;

    private JsonText() {}

    /** Appends the value at a position, {@code null} for NULL. */
    public static void append(StringBuilder out, Vector vector, int position) {
        if (vector.isNull(position)) {
            out.append("null");
        } else if (vector instanceof DictionaryVector wrapper) {
            append(out, wrapper.dictionary(), wrapper.ids()[position]);
        } else if (vector instanceof ConstantVector wrapper) {
            append(out, wrapper.single(), 0);
        } else {
            appendValue(out, vector, position);
        }
    }

    private static void appendValue(StringBuilder out, Vector vector, int p) {
        switch (vector.type().kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> ValueText.append(out, vector, p);
            case REAL -> appendFloating(out, vector, p, ((FloatVector) vector).values()[p]);
            case DOUBLE -> appendFloating(out, vector, p, ((DoubleVector) vector).values()[p]);
            case ARRAY -> appendList(out, (ListVector) vector, p);
            case MAP -> appendMap(out, (MapVector) vector, p);
            case ROW -> appendRow(out, (RowVector) vector, p);
            case VARCHAR, VARBINARY, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, UUID, INTERVAL_MONTH, INTERVAL_DAY ->
                appendText(out, vector, p);
            case NULL -> out.append("null");
        }
    }

    private static void appendFloating(StringBuilder out, Vector vector, int p, double value) {
        if (Double.isFinite(value)) {
            ValueText.append(out, vector, p);
        } else {
            appendText(out, vector, p);
        }
    }

    private static void appendText(StringBuilder out, Vector vector, int p) {
        StringBuilder text = new StringBuilder();
        ValueText.append(text, vector, p);
        appendString(out, text);
    }

    private static void appendList(StringBuilder out, ListVector list, int p) {
        out.append('[');
        for (int i = list.offsets()[p]; i < list.offsets()[p + 1]; i++) {
            out.append(i == list.offsets()[p] ? "" : ",");
            append(out, list.elements(), i);
        }
        out.append(']');
    }

    private static void appendMap(StringBuilder out, MapVector map, int p) {
        out.append('{');
        for (int i = map.offsets()[p]; i < map.offsets()[p + 1]; i++) {
            out.append(i == map.offsets()[p] ? "" : ",");
            appendText(out, map.keys(), i);
            out.append(':');
            append(out, map.values(), i);
        }
        out.append('}');
    }

    private static void appendRow(StringBuilder out, RowVector row, int p) {
        DataType.Row type = (DataType.Row) row.type();
        out.append('{');
        for (int i = 0; i < type.fields().size(); i++) {
            out.append(i == 0 ? "" : ",");
            appendString(out, type.fields().get(i).name());
            out.append(':');
            append(out, row.field(i), p);
        }
        out.append('}');
    }

    /** Appends a text in quotes, with what JSON wants escaped. */
    public static void appendString(StringBuilder out, CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
