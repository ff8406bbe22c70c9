// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.sql.kernel.cast.JsonText;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.List;

/** An object a row, a line each, or all of them in one array. */
final class JsonLines implements RowText {
    private final Schema schema;
    private final boolean array;
    private boolean first = true;

    JsonLines(Schema schema, CopyOptions options) {
        this.schema = schema;
        this.array = options.array();
    }

    @Override
    public void begin(StringBuilder out) {
        if (array) {
            out.append("[\n");
        }
    }

    @Override
    public void row(StringBuilder out, List<Vector> columns, int position) {
        if (!first) {
            out.append(array ? ",\n" : "\n");
        }
        first = false;
        for (int i = 0; i < columns.size(); i++) {
            out.append(i == 0 ? '{' : ',');
            JsonText.appendString(out, schema.field(i).name());
            out.append(':');
            JsonText.append(out, columns.get(i), position);
        }
        out.append('}');
    }

    @Override
    public void end(StringBuilder out) {
        if (!first) {
            out.append('\n');
        }
        if (array) {
            out.append("]\n");
        }
    }
}
