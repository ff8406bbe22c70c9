// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.sql.exec.aggregate.Accumulator;
import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.BoundCall;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * An aggregate function over every row's frame. One state serves a whole partition if all its frames are the same;
 * frames
 * that only grow are a chain of states, each merged into the next; other frames are put together from a tree of states
 * over
 * 1, 2, 4 … rows (a segment tree). What cannot be merged is computed anew for each distinct frame.
 */
final class FramedAggregate {
    private final SortedRows rows;
    private final AggregateCall call;
    private final List<DataType> types;
    private final Frames frames;
    private final Runnable poll;

    /**
     * @param types of the buffered columns
     * @param poll called now and then, throws to end the run
     */
    FramedAggregate(SortedRows rows, AggregateCall call, List<DataType> types, Frames frames, Runnable poll) {
        this.rows = rows;
        this.call = call;
        this.types = types;
        this.frames = frames;
        this.poll = poll;
    }

    WindowColumn compute() {
        int size = rows.size();
        boolean fromStart = !frames.excludes();
        boolean toEnd = fromStart;
        for (int i = 0; i < size && fromStart; i++) {
            fromStart = frames.start(i) == rows.partitionStart(i);
            toEnd &= frames.end(i) == rows.partitionEnd(i);
        }
        if (fromStart && toEnd) {
            return whole();
        }
        BoundCall bound = new BoundCall(call, types);
        if (!bound.isMergeable()) {
            return this::recomputed;
        }
        return fromStart ? growing(bound) : anyFrames(bound);
    }

    private WindowColumn whole() {
        BoundCall bound = new BoundCall(call, types);
        bound.accumulator().resize(Math.max(1, rows.partitions()));
        int[] groups = new int[rows.size()];
        Arrays.setAll(groups, rows::partition);
        feed(bound, groups, 0, rows.size());
        return column(bound.accumulator(), groups);
    }

    /** One state for every distinct end of a frame, of the rows that are new since the one before. */
    private WindowColumn growing(BoundCall bound) {
        int size = rows.size();
        int[] stateOfRow = new int[size];
        int[] stateOfInput = new int[size];
        boolean[] continues = new boolean[size];
        int states = 0;
        int covered = 0;
        // -1 stays with rows that no frame reaches
        Arrays.fill(stateOfInput, -1);
        for (int i = 0; i < size; i++) {
            boolean first = i == rows.partitionStart(i);
            covered = first ? i : covered;
            int end = Math.max(frames.end(i), covered);
            if (first || end > covered) {
                continues[states] = !first;
                Arrays.fill(stateOfInput, covered, end, states);
                covered = end;
                states++;
            }
            stateOfRow[i] = states - 1;
        }
        bound.accumulator().resize(Math.max(1, states));
        feed(bound, stateOfInput, 0, size);
        int[] from = new int[states];
        int[] to = new int[states];
        int pairs = 0;
        for (int state = 1; state < states; state++) {
            if (continues[state]) {
                from[pairs] = state - 1;
                to[pairs++] = state;
            }
        }
        bound.accumulator().merge(bound.accumulator(), from, to, pairs);
        return column(bound.accumulator(), stateOfRow);
    }

    private WindowColumn anyFrames(BoundCall bound) {
        int size = rows.size();
        int[] each = new int[size];
        Arrays.setAll(each, i -> i);
        bound.accumulator().resize(Math.max(1, size));
        feed(bound, each, 0, size);
        Accumulator result = new BoundCall(call, types).accumulator();
        result.resize(Math.max(1, size));
        int[] lows = new int[3 * size];
        int[] highs = new int[3 * size];
        int[] ranges = new int[6];
        for (int i = 0; i < size; i++) {
            int count = frames.ranges(i, ranges);
            for (int k = 0; k < count; k++) {
                lows[3 * i + k] = ranges[2 * k];
                highs[3 * i + k] = ranges[2 * k + 1];
            }
        }
        Accumulator level = bound.accumulator();
        for (int nodes = size; climb(lows, highs, level, result); nodes = (nodes + 1) / 2) {
            poll.run();
            level = parents(level, nodes);
        }
        return column(result, each);
    }

    /**
     * Takes the nodes at the edges of each range that have no common parent inside it, and turns ranges into those of
     * the
     * parents.
     *
     * @return whether something is left to take
     */
    private static boolean climb(int[] lows, int[] highs, Accumulator level, Accumulator result) {
        int[] from = new int[Math.max(16, lows.length)];
        int[] to = new int[from.length];
        int pairs = 0;
        boolean left = false;
        for (int i = 0; i < lows.length; i++) {
            int low = lows[i];
            int high = highs[i];
            if (low >= high) {
                continue;
            }
            if (pairs + 2 > from.length) {
                level(result, level, from, to, pairs);
                pairs = 0;
            }
            if ((low & 1) != 0) {
                from[pairs] = low++;
                to[pairs++] = i / 3;
            }
            if (low < high && (high & 1) != 0) {
                from[pairs] = --high;
                to[pairs++] = i / 3;
            }
            lows[i] = low >> 1;
            highs[i] = high >> 1;
            left |= low < high;
        }
        level(result, level, from, to, pairs);
        return left;
    }

    private static void level(Accumulator result, Accumulator level, int[] from, int[] to, int pairs) {
        if (pairs > 0) {
            result.merge(level, from, to, pairs);
        }
    }

    private Accumulator parents(Accumulator level, int nodes) {
        Accumulator parents = new BoundCall(call, types).accumulator();
        parents.resize(Math.max(1, (nodes + 1) / 2));
        int[] from = new int[nodes];
        int[] to = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            from[i] = i;
            to[i] = i / 2;
        }
        parents.merge(level, from, to, nodes);
        return parents;
    }

    /** States from nothing for the frames of a slice of rows; neighbours with the same frame share one. */
    private Vector recomputed(int from, int to) {
        BoundCall bound = new BoundCall(call, types);
        int[] states = new int[to - from];
        int[] groups = new int[Batch.SIZE];
        int[] places = new int[Batch.SIZE];
        int[] ranges = new int[6];
        int pending = 0;
        for (int i = from; i < to; i++) {
            boolean same = i > from
                    && !frames.excludes()
                    && frames.start(i) == frames.start(i - 1)
                    && frames.end(i) == frames.end(i - 1);
            states[i - from] = i == from ? 0 : states[i - from - 1] + (same ? 0 : 1);
            bound.accumulator().resize(states[i - from] + 1);
            int count = same ? 0 : frames.ranges(i, ranges);
            for (int k = 0; k < count; k++) {
                for (int place = ranges[2 * k]; place < ranges[2 * k + 1]; place++) {
                    groups[pending] = states[i - from];
                    places[pending++] = place;
                    if (pending == Batch.SIZE) {
                        feed(bound, groups, places, pending);
                        pending = 0;
                    }
                }
            }
        }
        feed(bound, groups, places, pending);
        Vector result = bound.accumulator().result(0, states[states.length - 1] + 1);
        return result.gather(states, states.length);
    }

    private void feed(BoundCall bound, int[] groups, int from, int to) {
        int[] part = new int[Batch.SIZE];
        int[] bufferRows = new int[Batch.SIZE];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (groups[i] >= 0) {
                part[count] = groups[i];
                bufferRows[count++] = i;
            }
            if (count == Batch.SIZE) {
                feed(bound, part, bufferRows, count);
                count = 0;
            }
        }
        feed(bound, part, bufferRows, count);
    }

    private void feed(BoundCall bound, int[] groups, int[] bufferRows, int count) {
        if (count == 0) {
            return;
        }
        poll.run();
        int[] positions = new int[count];
        Arrays.setAll(positions, i -> i);
        bound.add(
                groups,
                positions,
                count,
                ordinal -> rows.buffer().column(ordinal).gather(bufferRows, count));
    }

    /** The results of states that do not descend from row to row. */
    private static WindowColumn column(Accumulator accumulator, int[] states) {
        return (from, to) -> {
            int first = states[from];
            Vector results = accumulator.result(first, states[to - 1] + 1);
            int[] positions = new int[to - from];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = states[from + i] - first;
            }
            return results.gather(positions, positions.length);
        };
    }
}
