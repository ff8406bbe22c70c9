// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import java.util.concurrent.atomic.AtomicBoolean;

/** Builds a {@link RankIndex}: each part of the work has a range of the codes to itself, so that nothing needs a lock. */
final class RankBuilder {
    private final Parallel parallel;
    private final long[] codes;
    private final int[] rowOf;
    private final int count;
    private final long size;
    private final long[] bits;
    private final int[] ranks;
    private final AtomicBoolean repeated = new AtomicBoolean();

    /**
     * @param codes of the first {@code count} rows that can be found
     * @param rowOf which rows these are; empty if they are all rows in their order
     * @param size codes are below
     */
    RankBuilder(Parallel parallel, long[] codes, int[] rowOf, int count, long size) {
        this.parallel = parallel;
        this.codes = codes;
        this.rowOf = rowOf;
        this.count = count;
        this.size = size;
        this.bits = new long[RankIndex.words(size)];
        this.ranks = new int[bits.length];
    }

    IndexedRows build() {
        int parts = parallel.parts();
        int[] keys = new int[parts + 1];
        parallel.each(part -> keys[part + 1] = setBits(first(part), first(part + 1)));
        for (int part = 0; part < parts; part++) {
            keys[part + 1] += keys[part];
        }
        parallel.each(part -> rank(first(part), first(part + 1), keys[part]));
        if (!repeated.get()) {
            int[] rows = new int[count];
            RankIndex index = new RankIndex(size, bits, ranks, null);
            parallel.rows(count, (from, to) -> place(index, from, to, rows));
            return new IndexedRows(index, rows, null);
        }
        return repeated(keys);
    }

    /** Where a part's words of bits start. */
    private int first(int part) {
        return (int) ((long) bits.length * part / parallel.parts());
    }

    /** Sets the bits of some words; returns how many there are. */
    private int setBits(int from, int to) {
        boolean twice = false;
        for (int i = 0; i < count; i++) {
            long code = codes[i];
            int word = (int) (code >>> 6);
            if (word >= from && word < to) {
                long bit = 1L << code;
                twice |= (bits[word] & bit) != 0;
                bits[word] |= bit;
            }
        }
        if (twice) {
            repeated.set(true);
        }
        int set = 0;
        for (int word = from; word < to; word++) {
            set += Long.bitCount(bits[word]);
        }
        return set;
    }

    private void rank(int from, int to, int before) {
        int rank = before;
        for (int word = from; word < to; word++) {
            ranks[word] = rank;
            rank += Long.bitCount(bits[word]);
        }
    }

    private int row(int i) {
        return rowOf.length == 0 ? i : rowOf[i];
    }

    private void place(RankIndex index, int from, int to, int[] rows) {
        for (int i = from; i < to; i++) {
            rows[index.rank(codes[i])] = row(i);
        }
    }

    /** Counting sort by rank; the ranks of a part of the codes follow each other, so that parts do not meet. */
    private IndexedRows repeated(int[] keys) {
        RankIndex ranking = new RankIndex(size, bits, ranks, null);
        int distinct = keys[keys.length - 1];
        int[] starts = new int[distinct + 1];
        int[] rows = new int[count];
        boolean[] more = new boolean[count];
        parallel.each(part -> countRanks(ranking, first(part), first(part + 1), starts));
        for (int rank = 0; rank < distinct; rank++) {
            starts[rank + 1] += starts[rank];
        }
        parallel.each(part -> {
            int from = keys[part];
            int to = keys[part + 1];
            int[] next = java.util.Arrays.copyOfRange(starts, from, to);
            sort(ranking, part, next, rows);
            for (int rank = from; rank < to; rank++) {
                for (int place = starts[rank]; place < starts[rank + 1] - 1; place++) {
                    more[place] = true;
                }
            }
        });
        return new IndexedRows(new RankIndex(size, bits, ranks, starts), rows, more);
    }

    private void countRanks(RankIndex ranking, int from, int to, int[] starts) {
        for (int i = 0; i < count; i++) {
            int word = (int) (codes[i] >>> 6);
            if (word >= from && word < to) {
                starts[ranking.rank(codes[i]) + 1]++;
            }
        }
    }

    private void sort(RankIndex ranking, int part, int[] next, int[] rows) {
        int from = first(part);
        int to = first(part + 1);
        int base = from < to ? ranks[from] : 0;
        for (int i = 0; i < count; i++) {
            int word = (int) (codes[i] >>> 6);
            if (word >= from && word < to) {
                rows[next[ranking.rank(codes[i]) - base]++] = row(i);
            }
        }
    }
}
