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
 * Quantiles, interpolated (QUANTILE_CONT) or one of the values (QUANTILE_DISC), of rows that come in order; NULLs do not
 * count. The first argument is the value, the second the fraction; without it the fraction is one half (MEDIAN). Dates are
 * interpolated to timestamps, times and intervals to whole microseconds or months, all numbers as DOUBLE.
 */
final class PercentileAccumulator implements Accumulator {
    private static final double HALF = 0.5;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final boolean interpolates;
    private final DataType type;
    private final boolean hasFraction;
    private final boolean isNumber;
    /** From the argument's unit to the result's: a date counts days, a timestamp microseconds. */
    private final long unit;

    private final GroupedRows rows;

    PercentileAccumulator(boolean interpolates, List<DataType> arguments, DataType type) {
        this.interpolates = interpolates;
        this.type = type;
        this.hasFraction = arguments.size() > 1;
        this.isNumber = Numbers.isDouble(type)
                || type.kind() == DataType.Kind.BIGINT
                || type.kind() == DataType.Kind.INTEGER
                || type.kind() == DataType.Kind.DECIMAL;
        this.unit = arguments.get(0).kind() == DataType.Kind.DATE && type.kind() == DataType.Kind.TIMESTAMP
                ? MICROS_PER_DAY
                : 1;
        this.rows = new GroupedRows(arguments);
    }

    @Override
    public void resize(int groups) {
        // a group comes with its rows
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        int[] keptGroups = new int[count];
        int[] kept = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (!arguments[0].isNull(positions[i])) {
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
        if (!interpolates) {
            return discrete(from, to);
        }
        return isNumber ? interpolated(from, to) : interpolatedTimes(from, to);
    }

    private double fraction(int row) {
        if (!hasFraction) {
            return HALF;
        }
        ColumnBuffer column = rows.rows().column(1);
        double fraction = column.isNull(row)
                ? Double.NaN
                : Numbers.doubles(column.vector(row), new int[] {column.position(row)}, 1)[0];
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new DatasetDbException(
                    KernelError.INVALID_ARGUMENT,
                    "Cannot compute a quantile: the fraction must be from 0 to 1 (" + fraction + ")");
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
                values[i] = weight == 0 ? low : between(low, value(members[start + below + 1]), weight);
            }
        }
        return Results.doubles(type, values, Results.validity(any, 0, any.length));
    }

    /** Equal neighbours, also infinite ones, are their own middle. */
    private static double between(double low, double high, double weight) {
        return low == high ? low : low + (high - low) * weight;
    }

    private Vector interpolatedTimes(int from, int to) {
        long[] values = new long[to - from];
        boolean[] any = new boolean[to - from];
        int[] members = rows.members();
        for (int i = 0; i < values.length; i++) {
            int start = rows.start(from + i);
            int size = rows.end(from + i) - start;
            if (size > 0) {
                any[i] = true;
                double place = fraction(members[start]) * (size - 1);
                int below = (int) Math.floor(place);
                long low = time(members[start + below]);
                double weight = place - below;
                values[i] = weight == 0
                        ? low
                        : Math.addExact(low, Math.round((time(members[start + below + 1]) - low) * weight));
            }
        }
        return Results.longs(type, values, 0, values.length, Results.validity(any, 0, any.length));
    }

    private long time(int row) {
        ColumnBuffer column = rows.rows().column(0);
        return Math.multiplyExact(Numbers.longs(column.vector(row), new int[] {column.position(row)}, 1)[0], unit);
    }

    private double value(int row) {
        ColumnBuffer column = rows.rows().column(0);
        return Numbers.doubles(column.vector(row), new int[] {column.position(row)}, 1)[0];
    }

    private Vector discrete(int from, int to) {
        VectorBuilder builder = VectorBuilder.of(type, to - from);
        ColumnBuffer column = rows.rows().column(0);
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
