// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.aggregate.Results;
import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;

/** Functions that only look at a row's place: ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE. */
final class RankColumn implements WindowColumn {
    private final SortedRows rows;
    private final WindowCall.Ranking call;

    RankColumn(SortedRows rows, WindowCall.Ranking call) {
        this.rows = rows;
        this.call = call;
    }

    @Override
    public Vector slice(int from, int to) {
        return switch (call.function()) {
            case PERCENT_RANK, CUME_DIST -> {
                double[] values = new double[to - from];
                for (int i = 0; i < values.length; i++) {
                    values[i] = fraction(from + i);
                }
                yield Results.doubles(call.type(), values, null);
            }
            case ROW_NUMBER, RANK, DENSE_RANK -> {
                long[] values = new long[to - from];
                for (int i = 0; i < values.length; i++) {
                    values[i] = rank(from + i);
                }
                yield Results.longs(call.type(), values, 0, values.length, null);
            }
            case NTILE -> buckets(from, to);
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
                throw new IllegalStateException("not a rank: " + call.function());
        };
    }

    private double fraction(int place) {
        int start = rows.partitionStart(place);
        double size = rows.partitionEnd(place) - start;
        if (call.function() == WindowCall.Function.CUME_DIST) {
            return (rows.peersEnd(place) - start) / size;
        }
        return size == 1 ? 0 : (rows.peersStart(place) - start) / (size - 1);
    }

    private long rank(int place) {
        int start = rows.partitionStart(place);
        return switch (call.function()) {
            case ROW_NUMBER -> place - start + 1L;
            case RANK -> rows.peersStart(place) - start + 1L;
            case DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE, LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
                rows.peers(place) - rows.peers(start) + 1L;
        };
    }

    private Vector buckets(int from, int to) {
        long[] values = new long[to - from];
        long[] validity = Validity.allValid(to - from);
        ColumnBuffer column = rows.buffer().column(call.arguments()[0]);
        for (int i = 0; i < values.length; i++) {
            int row = from + i;
            Object count = column.vector(row).getObject(column.position(row));
            if (count == null) {
                Validity.setNull(validity, i);
            } else {
                values[i] = bucket(from + i, ((Number) count).longValue());
            }
        }
        DataType type = call.type();
        return Results.longs(type, values, 0, values.length, validity);
    }

    /** The first buckets take one row more where the rows do not divide evenly. */
    private long bucket(int place, long buckets) {
        if (buckets < 1) {
            throw new DatasetDbException(
                    KernelError.INVALID_ARGUMENT,
                    "Cannot compute NTILE: the number of buckets must be positive (" + buckets + ")");
        }
        long start = rows.partitionStart(place);
        long size = rows.partitionEnd(place) - start;
        long row = place - start;
        long small = size / buckets;
        long larger = size % buckets;
        return row < larger * (small + 1) ? row / (small + 1) + 1 : larger + (row - larger * (small + 1)) / small + 1;
    }
}
