// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.List;

/**
 * PERCENTILE_CONT (interpolated) and PERCENTILE_DISC (one of the values) of rows that come in order; NULLs do not
 * count. The
 * first argument is the fraction, the second the value; with a single argument the fraction is one half (MEDIAN).
 */
final class PercentileAccumulator implements Accumulator {
    private static final double HALF = 0.5;

    private final boolean interpolates;
    private final DataType type;
    private final int valueOrdinal;
    private final GroupedRows rows;

    PercentileAccumulator(boolean interpolates, List<DataType> arguments, DataType type) {
        this.interpolates = interpolates;
        this.type = type;
        this.valueOrdinal = arguments.size() - 1;
        this.rows = new GroupedRows(arguments);
    }

    @Override
    public void resize(int groups) {
        rows.resize(groups);
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        int[] keptGroups = new int[count];
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (!arguments[valueOrdinal].isNull(positions[i])) {
                keptGroups[size] = groups[i];
                kept[size++] = positions[i];
            }
        }
        rows.add(keptGroups, kept, size, arguments);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        rows.merge(((PercentileAccumulator) other).rows, from, to, count);
    }

    @Override
    public Vector result(int from, int to) {
        return interpolates ? interpolated(from, to) : discrete(from, to);
    }

    private double fraction(int row) {
        if (valueOrdinal == 0) {
            return HALF;
        }
        ColumnBuffer column = rows.rows().column(0);
        double fraction = column.isNull(row)
                ? Double.NaN
                : Numbers.doubles(column.vector(row), new int[] {column.position(row)}, 1)[0];
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new DatasetDbException(
                    KernelError.INVALID_ARGUMENT,
                    "Cannot compute a percentile: the fraction must be from 0 to 1 (" + fraction + ")");
        }
        return fraction;
    }

    private Vector interpolated(int from, int to) {
        double[] values = new double[to - from];
        boolean[] any = new boolean[to - from];
        int[] members = rows.members();
        for (int i = 0; i < values.length; i++) {
            int start = rows.start(from + i);
            int size = rows.end(from + i) - start;
            if (size > 0) {
                any[i] = true;
                double place = fraction(members[start]) * (size - 1);
                int below = (int) Math.floor(place);
                double low = value(members[start + below]);
                double weight = place - below;
                values[i] = weight == 0 ? low : low + (value(members[start + below + 1]) - low) * weight;
            }
        }
        return Results.doubles(type, values, Results.validity(any, 0, any.length));
    }

    private double value(int row) {
        ColumnBuffer column = rows.rows().column(valueOrdinal);
        return Numbers.doubles(column.vector(row), new int[] {column.position(row)}, 1)[0];
    }

    private Vector discrete(int from, int to) {
        VectorBuilder builder = VectorBuilder.of(type, to - from);
        ColumnBuffer column = rows.rows().column(valueOrdinal);
        int[] members = rows.members();
        for (int group = from; group < to; group++) {
            int start = rows.start(group);
            int size = rows.end(group) - start;
            if (size == 0) {
                builder.appendNull();
            } else {
                int place = (int) Math.ceil(fraction(members[start]) * size) - 1;
                int row = members[start + Math.max(0, place)];
                builder.append(column.vector(row), column.position(row));
            }
        }
        return builder.build();
    }

    @Override
    public long heapBytes() {
        return rows.heapBytes();
    }
}
