// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.Scalars;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.exec.window.WindowFrame.Bound;
import io.datasetdb.sql.exec.window.WindowFrame.Unit;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** The frame of every row: where it starts and ends, and what is left out of it. */
final class Frames {
    private final SortedRows rows;
    private final WindowFrame frame;
    private final int[] starts;
    private final int[] ends;

    Frames(SortedRows rows, WindowFrame frame, List<SortKey> orderKeys, Bindings bindings) {
        this.rows = rows;
        this.frame = frame;
        this.starts = bounds(frame.start(), true, orderKeys, bindings);
        this.ends = bounds(frame.end(), false, orderKeys, bindings);
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Math.max(starts[i], ends[i]);
        }
    }

    /** The first row of the frame. */
    int start(int place) {
        return starts[place];
    }

    /** After the last row of the frame, not before its start. */
    int end(int place) {
        return ends[place];
    }

    boolean excludes() {
        return frame.exclusion() != WindowFrame.Exclusion.NO_OTHERS;
    }

    /**
     * The frame without what is excluded, as ranges in ascending order.
     *
     * @param ranges receives pairs of start and end; six elements
     * @return how many pairs, 0 to 3; none is empty
     */
    int ranges(int place, int[] ranges) {
        int start = starts[place];
        int end = ends[place];
        return switch (frame.exclusion()) {
            case NO_OTHERS -> add(ranges, 0, start, end);
            case CURRENT_ROW -> around(ranges, start, end, place, place + 1, place);
            case GROUP -> around(ranges, start, end, rows.peersStart(place), rows.peersEnd(place), -1);
            case TIES -> around(ranges, start, end, rows.peersStart(place), rows.peersEnd(place), place);
        };
    }

    /**
     * The range without {@code from} to {@code to}, but with {@code kept}, if that lies in the range and inside them.
     */
    private int around(int[] ranges, int start, int end, int from, int to, int kept) {
        int count = add(ranges, 0, start, Math.min(end, from));
        boolean single = to - from == 1 && frame.exclusion() == WindowFrame.Exclusion.CURRENT_ROW;
        if (!single && kept >= start && kept < end) {
            count = add(ranges, count, kept, kept + 1);
        }
        return add(ranges, count, Math.max(start, to), end);
    }

    private static int add(int[] ranges, int count, int from, int to) {
        if (from >= to) {
            return count;
        }
        ranges[2 * count] = from;
        ranges[2 * count + 1] = to;
        return count + 1;
    }

    private int[] bounds(Bound bound, boolean isStart, List<SortKey> orderKeys, Bindings bindings) {
        int[] result = new int[rows.size()];
        switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> {
                for (int i = 0; i < result.length; i++) {
                    result[i] = rows.partitionStart(i);
                }
            }
            case UNBOUNDED_FOLLOWING -> {
                for (int i = 0; i < result.length; i++) {
                    result[i] = rows.partitionEnd(i);
                }
            }
            case CURRENT_ROW -> {
                boolean single = frame.unit() == Unit.ROWS;
                for (int i = 0; i < result.length; i++) {
                    if (isStart) {
                        result[i] = single ? i : rows.peersStart(i);
                    } else {
                        result[i] = single ? i + 1 : rows.peersEnd(i);
                    }
                }
            }
            case PRECEDING, FOLLOWING -> offsets(bound, isStart, orderKeys, bindings, result);
        }
        return result;
    }

    private void offsets(Bound bound, boolean isStart, List<SortKey> orderKeys, Bindings bindings, int[] result) {
        Object offset = Scalars.value(Objects.requireNonNull(bound.offset()), bindings);
        boolean preceding = bound.kind() == WindowFrame.BoundKind.PRECEDING;
        if (offset == null || isNegative(offset)) {
            throw new DatasetDbException(
                    KernelError.INVALID_ARGUMENT,
                    "Cannot use the window frame: an offset must not be NULL or negative (" + offset + ")");
        }
        switch (frame.unit()) {
            case ROWS -> rowOffsets(((Number) offset).longValue() * (preceding ? -1 : 1), isStart, result);
            case GROUPS -> groupOffsets(((Number) offset).longValue() * (preceding ? -1 : 1), isStart, result);
            case RANGE -> new RangeBounds(rows, orderKeys.get(0), offset, preceding).fill(isStart, result);
        }
    }

    private static boolean isNegative(Object offset) {
        if (offset instanceof Number number) {
            return number instanceof BigDecimal decimal ? decimal.signum() < 0 : !(number.doubleValue() >= 0);
        }
        if (offset instanceof java.time.Period period) {
            return period.toTotalMonths() < 0;
        }
        return ((java.time.Duration) offset).isNegative();
    }

    private void rowOffsets(long delta, boolean isStart, int[] result) {
        for (int i = 0; i < result.length; i++) {
            long target = saturatedAdd(i + (isStart ? 0L : 1L), delta);
            result[i] = (int) Math.max(rows.partitionStart(i), Math.min(rows.partitionEnd(i), target));
        }
    }

    private void groupOffsets(long delta, boolean isStart, int[] result) {
        for (int i = 0; i < result.length; i++) {
            int first = rows.peers(rows.partitionStart(i));
            int last = rows.peers(rows.partitionEnd(i) - 1);
            long target = saturatedAdd(rows.peers(i) + (isStart ? 0L : 1L), delta);
            // one past the last group is where the partition ends
            int group = (int) Math.max(first, Math.min(last + 1L, target));
            result[i] = rows.startOfPeers(group);
        }
    }

    static long saturatedAdd(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
