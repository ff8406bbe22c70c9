// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an order over rows that stream by. Keeps some candidates more than asked for, cuts them
 * down to the best now and then, and from then on turns away, by a comparison of the first key only, what cannot be among them.
 */
public final class TopRows {
    private static final int MAX_SLACK = 8192;
    private static final int MIN_SLACK = 64;
    /** A cut is cheap if it comes after so many times as many rows as it looks at. */
    private static final long RARE = 32;

    /**
     * The most important key of the last of the first rows: what is worse is not among them.
     *
     * @param isNull whether it is NULL
     * @param word a number in the order of the values; equal ones may stand for different values unless it is strict
     * @param value what it is, unless it is NULL
     * @param strict whether what is equal is not among them either
     */
    public record Bound(boolean isNull, long word, Object value, boolean strict) {
        static Bound of(Vector vector, int position, boolean strict) {
            Object value = vector.getObject(position);
            if (value == null) {
                return new Bound(true, 0, "", strict);
            }
            long[] word = new long[1];
            OrderWords.leading(vector, new int[] {position}, 1, word);
            return new Bound(false, word[0], value, strict);
        }

        /**
         * The positions whose values may be among the first.
         *
         * @param words scratch, at least {@code count} long
         * @param kept receives those of the first {@code count} {@code positions}, in order
         * @return how many there are
         */
        public int filter(SortKey key, Vector vector, int[] positions, int count, long[] words, int[] kept) {
            boolean nulls = vector.mayHaveNulls();
            boolean keepsNulls = key.nullsFirst() ? !isNull || !strict : isNull && !strict;
            if (isNull) {
                boolean keepsOthers = !key.nullsFirst();
                int result = 0;
                for (int i = 0; i < count; i++) {
                    kept[result] = positions[i];
                    result += (nulls && vector.isNull(positions[i]) ? keepsNulls : keepsOthers) ? 1 : 0;
                }
                return result;
            }
            OrderWords.leading(vector, positions, count, words);
            if (strict && word == (key.ascending() ? Long.MIN_VALUE : Long.MAX_VALUE)) {
                return nulls && keepsNulls ? nulls(vector, positions, count, kept) : 0;
            }
            long low = key.ascending() ? Long.MIN_VALUE : strict ? word + 1 : word;
            long high = !key.ascending() ? Long.MAX_VALUE : strict ? word - 1 : word;
            int result = 0;
            for (int i = 0; i < count; i++) {
                boolean keeps = words[i] >= low && words[i] <= high;
                if (nulls && vector.isNull(positions[i])) {
                    keeps = keepsNulls;
                }
                kept[result] = positions[i];
                result += keeps ? 1 : 0;
            }
            return result;
        }

        private static int nulls(Vector vector, int[] positions, int count, int[] kept) {
            int result = 0;
            for (int i = 0; i < count; i++) {
                kept[result] = positions[i];
                result += vector.isNull(positions[i]) ? 1 : 0;
            }
            return result;
        }
    }

    private final List<DataType> types;
    private final List<SortKey> keys;
    private final int limit;
    private RowBuffer candidates;
    /** How many candidates more than asked for are kept. */
    private int slack;
    /** How many rows were looked at since the last cut. */
    private long offered;

    private long[] words = {};
    private @Nullable Bound bound;

    /**
     * @param limit how many rows to keep, at least 1
     * @param keys at least one
     */
    public TopRows(List<DataType> types, List<SortKey> keys, int limit) {
        this.types = List.copyOf(types);
        this.keys = List.copyOf(keys);
        this.limit = limit;
        this.candidates = new RowBuffer(types);
        this.slack = Math.max(Batch.SIZE, limit);
    }

    /** Takes the rows of a batch that count. */
    public void add(Batch batch) {
        int count = batch.size();
        offered += batch.rowCount();
        int[] positions = batch.selection().positions();
        Bound known = bound;
        if (known != null) {
            int[] kept = new int[count];
            if (words.length < count) {
                words = new long[count];
            }
            SortKey key = keys.get(0);
            count = known.filter(key, batch.column(key.ordinal()), positions, count, words, kept);
            positions = kept;
        }
        if (count > 0) {
            candidates.append(batch.columns(), positions, count);
            if (candidates.size() >= (long) limit + slack) {
                cut();
                adapt();
            }
        }
    }

    /** What is known of the rows that are kept once they are as many as asked for; nothing before. */
    public @Nullable Bound bound() {
        return bound;
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
        boolean strict = keys.size() == 1 && OrderWords.isExact(first.type());
        bound = Bound.of(first.vector(last), first.position(last), strict);
    }

    /** The fewer rows pass, the sooner the next cut pays, as it makes even fewer pass. */
    private void adapt() {
        slack = offered < RARE * slack
                ? Math.min(2 * slack, Math.max(MAX_SLACK, limit))
                : Math.max(slack / 2, Math.max(MIN_SLACK, limit));
        offered = 0;
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
