// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.sql.kernel.cast.JsonText;
import io.datasetdb.sql.kernel.cast.ValueText;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * CSV as in RFC 4180, with line feeds. Fields are quoted where a reader would take them for something else: an empty text is
 * {@code ""}, so that it is not NULL. ARRAY, MAP and ROW are JSON.
 */
final class CsvText implements RowText {
    private final Schema schema;
    private final CopyOptions options;
    private final StringBuilder field = new StringBuilder();

    CsvText(Schema schema, CopyOptions options) {
        this.schema = schema;
        this.options = options;
    }

    @Override
    public void begin(StringBuilder out) {
        if (!options.header()) {
            return;
        }
        for (int i = 0; i < schema.size(); i++) {
            field.setLength(0);
            field.append(schema.field(i).name());
            delimit(out, i);
            append(out);
        }
        out.append('\n');
    }

    @Override
    public void row(StringBuilder out, List<Vector> columns, int position) {
        for (int i = 0; i < columns.size(); i++) {
            Vector column = columns.get(i);
            delimit(out, i);
            if (column.isNull(position)) {
                out.append(options.nullText());
            } else {
                field.setLength(0);
                value(schema.field(i), column, position);
                append(out);
            }
        }
        out.append('\n');
    }

    @Override
    public void end(StringBuilder out) {}

    private void delimit(StringBuilder out, int ordinal) {
        if (ordinal > 0) {
            out.append(options.delimiter());
        }
    }

    private void value(Field column, Vector values, int position) {
        switch (column.type().kind()) {
            case ARRAY, MAP, ROW -> JsonText.append(field, values, position);
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    NULL -> ValueText.append(field, values, position);
        }
    }

    private void append(StringBuilder out) {
        if (!needsQuotes()) {
            out.append(field);
            return;
        }
        out.append('"');
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            out.append(c == '"' ? "\"\"" : c);
        }
        out.append('"');
    }

    private boolean needsQuotes() {
        int length = field.length();
        if (length == 0 || options.nullText().contentEquals(field)) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            char c = field.charAt(i);
            if (c == options.delimiter() || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return field.charAt(0) == ' ' || field.charAt(length - 1) == ' ';
    }
}
