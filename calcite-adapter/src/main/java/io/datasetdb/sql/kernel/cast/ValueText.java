// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.number.Floats;
import io.datasetdb.sql.kernel.time.TimeText;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Values as text, the same as CAST to VARCHAR gives.
 *
 * <p>{@code true}, {@code 42}, DOUBLE and REAL as {@link Floats} says, DECIMAL with all digits of its scale, dates, times and
 * intervals as {@link TimeText} says, UUID in lower case, VARBINARY as {@code \x} and hexadecimal digits. ARRAY
 * {@code [a, b]}, MAP <code>{k=v}</code>, ROW <code>{'name': value}</code>, or {@code (a, b)} if the fields have no names; NULL
 * inside them is {@code NULL}. As in DuckDB a value inside them has quotes around it only if it could be read as anything else.
 */
public final class ValueText {
    /** What stands between values, and around them. */
    private static final String SPECIAL = "[]{}(),:='\"\\";

    /** How a field is called that has no name. */
    private static final String NAMELESS = "EXPR$";

    private ValueText() {}

    /** Appends the value at a position, {@code NULL} for NULL. */
    public static void append(StringBuilder out, Vector vector, int position) {
        if (vector.isNull(position)) {
            out.append("NULL");
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
            case BOOLEAN -> out.append(((BooleanVector) vector).values()[p]);
            case TINYINT, SMALLINT, INTEGER -> out.append(((IntVector) vector).values()[p]);
            case BIGINT -> out.append(((LongVector) vector).values()[p]);
            case REAL -> out.append(Floats.text(((FloatVector) vector).values()[p]));
            case DOUBLE -> out.append(Floats.text(((DoubleVector) vector).values()[p]));
            case DECIMAL -> appendDecimal(out, vector, p);
            case VARCHAR -> out.append(((BytesVector) vector).string(p));
            case VARBINARY -> out.append("\\x").append(HexFormat.of().formatHex(((BytesVector) vector).bytes(p)));
            case DATE -> out.append(TimeText.date(((IntVector) vector).values()[p]));
            case TIME -> out.append(TimeText.time(((LongVector) vector).values()[p]));
            case TIMESTAMP -> out.append(TimeText.timestamp(((LongVector) vector).values()[p]));
            case TIMESTAMP_LTZ ->
                out.append(TimeText.timestamp(((LongVector) vector).values()[p]))
                        .append("+00");
            case UUID -> {
                Int128Vector wide = (Int128Vector) vector;
                out.append(new UUID(wide.high()[p], wide.low()[p]));
            }
            case INTERVAL_MONTH -> out.append(TimeText.months(((LongVector) vector).values()[p]));
            case INTERVAL_DAY -> out.append(TimeText.interval(((LongVector) vector).values()[p]));
            case ARRAY -> appendList(out, (ListVector) vector, p);
            case MAP -> appendMap(out, (MapVector) vector, p);
            case ROW -> appendRow(out, (RowVector) vector, p);
            case NULL -> out.append("NULL");
        }
    }

    private static void appendDecimal(StringBuilder out, Vector vector, int p) {
        int scale = ((DataType.Decimal) vector.type()).scale();
        BigInteger unscaled = vector instanceof Int128Vector wide
                ? Int128Vector.toBigInteger(wide.high()[p], wide.low()[p])
                : BigInteger.valueOf(((LongVector) vector).values()[p]);
        out.append(new BigDecimal(unscaled, scale).toPlainString());
    }

    /** A value inside of another one. */
    private static void appendPart(StringBuilder out, Vector vector, int position) {
        int start = out.length();
        append(out, vector, position);
        boolean plain = switch (vector.type().kind()) {
            case VARCHAR, VARBINARY, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_DAY ->
                vector.isNull(position) || !needsQuotes(out, start);
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    DATE,
                    UUID,
                    INTERVAL_MONTH,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> true;
        };
        if (!plain) {
            String text = out.substring(start);
            out.setLength(start);
            out.append('\'')
                    .append(text.replace("\\", "\\\\").replace("'", "\\'"))
                    .append('\'');
        }
    }

    private static boolean needsQuotes(StringBuilder out, int start) {
        int end = out.length();
        if (start == end || out.charAt(start) <= ' ' || out.charAt(end - 1) <= ' ') {
            return true;
        }
        for (int i = start; i < end; i++) {
            if (SPECIAL.indexOf(out.charAt(i)) >= 0) {
                return true;
            }
        }
        return end - start == 4 && out.substring(start).equalsIgnoreCase("NULL");
    }

    private static void appendList(StringBuilder out, ListVector list, int p) {
        out.append('[');
        for (int i = list.offsets()[p]; i < list.offsets()[p + 1]; i++) {
            out.append(i == list.offsets()[p] ? "" : ", ");
            appendPart(out, list.elements(), i);
        }
        out.append(']');
    }

    private static void appendMap(StringBuilder out, MapVector map, int p) {
        out.append('{');
        for (int i = map.offsets()[p]; i < map.offsets()[p + 1]; i++) {
            out.append(i == map.offsets()[p] ? "" : ", ");
            appendPart(out, map.keys(), i);
            out.append('=');
            appendPart(out, map.values(), i);
        }
        out.append('}');
    }

    private static void appendRow(StringBuilder out, RowVector row, int p) {
        DataType.Row type = (DataType.Row) row.type();
        boolean named = type.fields().stream().noneMatch(field -> field.name().startsWith(NAMELESS));
        out.append(named ? '{' : '(');
        for (int i = 0; i < type.fields().size(); i++) {
            out.append(i == 0 ? "" : ", ");
            if (named) {
                out.append('\'').append(type.fields().get(i).name()).append("': ");
            }
            appendPart(out, row.field(i), p);
        }
        out.append(named ? '}' : ')');
    }
}
