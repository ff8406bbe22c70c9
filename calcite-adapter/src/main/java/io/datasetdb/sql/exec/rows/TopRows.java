// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * The first rows of an order over rows that stream by. Keeps a few thousand candidates more than asked for, cuts them
 * down to
 * the best now and then, and from then on turns away, by a comparison of the first key only, what cannot be among them.
 */
public final class TopRows {
    private static final int SLACK = 8192;

    private final List<DataType> types;
    private final List<SortKey> keys;
    private final int limit;
    private RowBuffer candidates;
    private long[] words = {};
    private boolean hasThreshold;
    private boolean thresholdIsNull;
    private long threshold;

    /**
     * @param limit how many rows to keep, at least 1
     * @param keys at least one
     */
    public TopRows(List<DataType> types, List<SortKey> keys, int limit) {
        this.types = List.copyOf(types);
        this.keys = List.copyOf(keys);
        this.limit = limit;
        this.candidates = new RowBuffer(types);
    }

    /** Takes the rows of a batch that count. */
    public void add(Batch batch) {
        int count = batch.size();
        int[] positions = batch.selection().positions();
        if (hasThreshold) {
            int[] kept = new int[count];
            count = keep(batch.column(keys.get(0).ordinal()), positions, count, kept);
            positions = kept;
        }
        if (count > 0) {
            candidates.append(batch.columns(), positions, count);
            if (candidates.size() >= (long) limit + Math.max(SLACK, limit)) {
                cut();
            }
        }
    }

    private int keep(Vector vector, int[] positions, int count, int[] kept) {
        SortKey key = keys.get(0);
        if (words.length < count) {
            words = new long[count];
        }
        OrderWords.leading(vector, positions, count, words);
        if (!thresholdIsNull && !vector.mayHaveNulls()) {
            return compared(positions, count, kept);
        }
        boolean strict = keys.size() == 1;
        int result = 0;
        for (int i = 0; i < count; i++) {
            boolean keep;
            if (vector.isNull(positions[i])) {
                keep = key.nullsFirst() ? !thresholdIsNull || !strict : thresholdIsNull && !strict;
            } else if (thresholdIsNull) {
                keep = !key.nullsFirst();
            } else {
                keep = beats(words[i]);
            }
            if (keep) {
                kept[result++] = positions[i];
            }
        }
        return result;
    }

    private boolean beats(long word) {
        boolean strict =
                keys.size() == 1 && OrderWords.isExact(types.get(keys.get(0).ordinal()));
        return (word == threshold && !strict) || (keys.get(0).ascending() ? word < threshold : word > threshold);
    }

    /** The loop without NULLs: keeps words from {@code low} to {@code high}. */
    private int compared(int[] positions, int count, int[] kept) {
        boolean strict =
                keys.size() == 1 && OrderWords.isExact(types.get(keys.get(0).ordinal()));
        boolean ascending = keys.get(0).ascending();
        if (strict && threshold == (ascending ? Long.MIN_VALUE : Long.MAX_VALUE)) {
            return 0;
        }
        long low = ascending ? Long.MIN_VALUE : strict ? threshold + 1 : threshold;
        long high = !ascending ? Long.MAX_VALUE : strict ? threshold - 1 : threshold;
        int result = 0;
        for (int i = 0; i < count; i++) {
            if (words[i] >= low && words[i] <= high) {
                kept[result++] = positions[i];
            }
        }
        return result;
    }

    /** Keeps the best {@link #limit} candidates, in order. */
    private void cut() {
        int[] best = best();
        RowBuffer cut = new RowBuffer(types);
        for (int from = 0; from < best.length; from += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, best.length - from);
            int[] rows = Arrays.copyOfRange(best, from, from + count);
            int[] positions = new int[count];
            Arrays.setAll(positions, i -> i);
            cut.append(candidates.gather(rows, count), positions, count);
        }
        candidates = cut;
        ColumnBuffer first = candidates.column(keys.get(0).ordinal());
        int last = best.length - 1;
        hasThreshold = true;
        thresholdIsNull = first.isNull(last);
        if (!thresholdIsNull) {
            long[] word = new long[1];
            OrderWords.leading(first.vector(last), new int[] {first.position(last)}, 1, word);
            threshold = word[0];
        }
    }

    private int[] best() {
        int[] sorted = RowOrder.of(candidates, keys).sorted();
        return sorted.length <= limit ? sorted : Arrays.copyOf(sorted, limit);
    }

    /** The rows among which {@link #order()} points. */
    public RowBuffer rows() {
        return candidates;
    }

    /** The numbers of the first rows, in order; rows that are equal in all keys in the order in which they came. */
    public int[] order() {
        return best();
    }
}
