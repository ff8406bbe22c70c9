// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.cast.JsonText;
import io.datasetdb.sql.kernel.cast.ValueText;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a group's rows as one JSON array or object. */
final class JsonAccumulator implements Accumulator {
    private final JsonAggregate function;
    private final DataType type;
    private final GroupedRows rows;

    JsonAccumulator(JsonAggregate function, List<DataType> arguments, DataType type) {
        this.function = function;
        this.type = type;
        this.rows = new GroupedRows(arguments);
    }

    @Override
    public void resize(int groups) {
        // a group comes with its rows
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        rows.add(groups, positions, count, arguments);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        rows.merge(((JsonAccumulator) other).rows, from, to, count);
    }

    @Override
    public Vector result(int from, int to) {
        VectorBuilder builder = VectorBuilder.of(type, to - from);
        for (int group = from; group < to; group++) {
            builder.append(json(group));
        }
        return builder.build();
    }

    private @Nullable String json(int group) {
        int start = rows.start(group);
        int end = rows.end(group);
        if (start == end) {
            return null;
        }
        StringBuilder out = new StringBuilder().append(function.object() ? '{' : '[');
        ColumnBuffer values = rows.rows().column(function.object() ? 1 : 0);
        for (int i = start; i < end; i++) {
            int row = rows.members()[i];
            if (function.absentOnNull() && values.isNull(row)) {
                continue;
            }
            out.append(out.length() == 1 ? "" : ",");
            if (function.object()) {
                appendKey(out, row);
            }
            appendValue(out, values, row);
        }
        return out.append(function.object() ? '}' : ']').toString();
    }

    private void appendKey(StringBuilder out, int row) {
        ColumnBuffer keys = rows.rows().column(0);
        if (keys.isNull(row)) {
            throw new DatasetDbException(
                    KernelError.NULL_NOT_ALLOWED, "Cannot compute " + function.name() + ": a key must not be NULL");
        }
        StringBuilder key = new StringBuilder();
        ValueText.append(key, keys.vector(row), keys.position(row));
        JsonText.appendString(out, key);
        out.append(':');
    }

    private void appendValue(StringBuilder out, ColumnBuffer values, int row) {
        if (function.raw() && !values.isNull(row)) {
            ValueText.append(out, values.vector(row), values.position(row));
        } else {
            JsonText.append(out, values.vector(row), values.position(row));
        }
    }

    @Override
    public long heapBytes() {
        return rows.heapBytes();
    }
}
