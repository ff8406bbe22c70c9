// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * LISTAGG, STRING_AGG, GROUP_CONCAT: the values that are not NULL, one after the other, each but the first after its
 * row's
 * separator (second argument, NULL is none; without one a comma). NULL without values.
 */
final class StringAccumulator implements Accumulator {
    private static final byte DEFAULT_SEPARATOR = ',';

    private final DataType type;
    private final boolean hasSeparator;
    private final GroupedRows rows;

    StringAccumulator(List<DataType> arguments, DataType type) {
        this.type = type;
        this.hasSeparator = arguments.size() > 1;
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
        rows.merge(((StringAccumulator) other).rows, from, to, count);
    }

    @Override
    public Vector result(int from, int to) {
        VectorBuilder builder = VectorBuilder.of(DataType.VARBINARY, to - from);
        int[] members = rows.members();
        for (int group = from; group < to; group++) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            boolean any = false;
            for (int i = rows.start(group); i < rows.end(group); i++) {
                int row = members[i];
                if (!rows.rows().column(0).isNull(row)) {
                    if (any) {
                        separate(row, text);
                    }
                    any = true;
                    write(rows.rows().column(0), row, text);
                }
            }
            builder.append(any ? text.toByteArray() : null);
        }
        BytesVector bytes = (BytesVector) builder.build();
        return new BytesVector(type, bytes.size(), bytes.data(), bytes.offsets(), bytes.validity());
    }

    private void separate(int row, ByteArrayOutputStream text) {
        if (!hasSeparator) {
            text.write(DEFAULT_SEPARATOR);
        } else if (!rows.rows().column(1).isNull(row)) {
            write(rows.rows().column(1), row, text);
        }
    }

    private static void write(ColumnBuffer column, int row, ByteArrayOutputStream text) {
        BytesVector bytes = (BytesVector) column.vector(row);
        int position = column.position(row);
        text.write(bytes.data(), bytes.offsets()[position], bytes.length(position));
    }

    @Override
    public long heapBytes() {
        return rows.heapBytes();
    }
}
