// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.ColumnReference;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Functions that take another row's value: LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE. */
final class ValueColumn implements WindowColumn {
    private static final int NOWHERE = -1;

    private final SortedRows rows;
    private final WindowCall.Ranking call;
    private final ColumnBuffer values;
    /** Needed for all but LAG and LEAD. */
    private final @Nullable Frames frames;
    /** How many of the rows before a place have a value; only to pass over NULLs. */
    private final int[] filledBefore;
    /** The places of the rows that have a value. */
    private final int[] filled;

    ValueColumn(SortedRows rows, WindowCall.Ranking call, @Nullable Frames frames) {
        this.rows = rows;
        this.call = call;
        this.frames = frames;
        this.values = rows.buffer().column(call.arguments()[0]);
        int size = call.ignoreNulls() ? rows.size() : 0;
        this.filledBefore = new int[size + 1];
        this.filled = new int[size];
        for (int i = 0; i < size; i++) {
            boolean isFilled = !values.isNull(i);
            filled[filledBefore[i]] = i;
            filledBefore[i + 1] = filledBefore[i] + (isFilled ? 1 : 0);
        }
    }

    @Override
    public Vector slice(int from, int to) {
        int[] sources = new int[to - from];
        boolean hasDefault = call.arguments().length > 2;
        for (int i = 0; i < sources.length; i++) {
            sources[i] = source(from + i);
        }
        if (!hasDefault) {
            return values.gather(sources, sources.length);
        }
        int[] own = IntStream.range(from, to).toArray();
        Vector found = typed(values.gather(sources, sources.length));
        Vector absent = typed(rows.buffer().column(call.arguments()[2]).gather(own, own.length));
        VectorBuilder builder = VectorBuilder.of(call.type(), sources.length);
        for (int i = 0; i < sources.length; i++) {
            builder.append(sources[i] == NOWHERE ? absent : found, i);
        }
        return builder.build();
    }

    /** As the type that the value and the default have in common. */
    private Vector typed(Vector vector) {
        if (vector.type().equals(call.type())) {
            return vector;
        }
        return Cast.of(new ColumnReference(0, vector.type()), call.type())
                .evaluate(
                        Batch.of(List.of(vector), vector.size()),
                        Selection.all(vector.size()),
                        Bindings.none(Instant.EPOCH));
    }

    private int source(int place) {
        return switch (call.function()) {
            case LAG -> shifted(place, -1);
            case LEAD -> shifted(place, 1);
            case FIRST_VALUE -> nth(place, 1);
            case LAST_VALUE -> last(place);
            case NTH_VALUE -> nth(place, argument(place, 1, Long.MIN_VALUE));
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE ->
                throw new IllegalStateException("not a value: " + call.function());
        };
    }

    /** A whole-number argument; {@code absent} for NULL. */
    private long argument(int place, int ordinal, long absent) {
        ColumnBuffer column = rows.buffer().column(call.arguments()[ordinal]);
        Object value = column.vector(place).getObject(column.position(place));
        return value == null ? absent : ((Number) value).longValue();
    }

    private int shifted(int place, int direction) {
        long offset = call.arguments().length > 1 ? argument(place, 1, Long.MIN_VALUE) : 1;
        int start = rows.partitionStart(place);
        int end = rows.partitionEnd(place);
        // no distance lies outside of the partition
        if (offset == Long.MIN_VALUE || Math.abs(offset) > end - start) {
            return NOWHERE;
        }
        long delta = offset * direction;
        if (!call.ignoreNulls() || delta == 0) {
            long target = place + delta;
            return target >= start && target < end ? (int) target : NOWHERE;
        }
        long target = delta < 0 ? filledBefore[place] + delta : filledBefore[place + 1] + delta - 1;
        return target >= filledBefore[start] && target < filledBefore[end] ? filled[(int) target] : NOWHERE;
    }

    private Frames frames() {
        if (frames == null) {
            throw new IllegalStateException("no frame: " + call.function());
        }
        return frames;
    }

    private int nth(int place, long n) {
        if (n == Long.MIN_VALUE) {
            return NOWHERE;
        }
        if (n < 1) {
            throw new DatasetDbException(
                    KernelError.INVALID_ARGUMENT, "Cannot compute NTH_VALUE: n must be positive (" + n + ")");
        }
        int[] ranges = new int[6];
        int count = frames().ranges(place, ranges);
        long left = n;
        for (int i = 0; i < count; i++) {
            int from = ranges[2 * i];
            int to = ranges[2 * i + 1];
            long inside = call.ignoreNulls() ? filledBefore[to] - filledBefore[from] : to - from;
            if (left <= inside) {
                int target = (int) (left - 1);
                return call.ignoreNulls() ? filled[filledBefore[from] + target] : from + target;
            }
            left -= inside;
        }
        return NOWHERE;
    }

    private int last(int place) {
        int[] ranges = new int[6];
        for (int i = frames().ranges(place, ranges) - 1; i >= 0; i--) {
            int from = ranges[2 * i];
            int to = ranges[2 * i + 1];
            if (!call.ignoreNulls()) {
                return to - 1;
            }
            if (filledBefore[to] > filledBefore[from]) {
                return filled[filledBefore[to] - 1];
            }
        }
        return NOWHERE;
    }
}
