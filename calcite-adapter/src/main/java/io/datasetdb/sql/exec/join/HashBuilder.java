// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link HashIndex} of a known number of rows: a counting sort by slot, in which each part of the work has a range of
 * slots to itself, so that nothing needs a lock and nothing ever grows.
 */
final class HashBuilder {
    private static final int INSERTION_UP_TO = 16;

    /** Whether the keys of two rows are equal. */
    interface Equality {
        boolean equal(int row, int other);
    }

    private final Parallel parallel;
    private final long[] codes;
    private final int[] rowOf;
    private final int count;
    private final @Nullable Equality equality;
    private final int shift;
    private final long[] directory;
    private final long[] placed;
    private final int[] rows;
    private final AtomicBoolean repeated = new AtomicBoolean();

    /**
     * @param codes of the first {@code count} rows that can be found
     * @param rowOf which rows these are; empty if they are all rows in their order
     * @param equality tells keys with equal codes apart; nothing if there are none
     */
    HashBuilder(Parallel parallel, long[] codes, int[] rowOf, int count, @Nullable Equality equality) {
        this.parallel = parallel;
        this.codes = codes;
        this.rowOf = rowOf;
        this.count = count;
        this.equality = equality;
        this.shift = HashIndex.shift(count);
        this.directory = new long[HashIndex.slots(shift) + 1];
        this.placed = new long[count];
        this.rows = new int[count];
    }

    IndexedRows build() {
        int parts = parallel.parts();
        int[] sizes = new int[parts + 1];
        parallel.each(part -> sizes[part + 1] = count(first(part), first(part + 1)));
        for (int part = 0; part < parts; part++) {
            sizes[part + 1] += sizes[part];
        }
        parallel.each(part -> {
            place(first(part), first(part + 1), sizes[part]);
            group(first(part), first(part + 1), sizes[part]);
        });
        HashIndex index = new HashIndex(shift, directory, placed);
        if (!repeated.get()) {
            return new IndexedRows(index, rows, null);
        }
        boolean[] more = new boolean[count];
        parallel.rows(count, (from, to) -> {
            for (int place = from; place < Math.min(to, count - 1); place++) {
                more[place] = isSame(place, place + 1);
            }
        });
        return new IndexedRows(index, rows, more);
    }

    private int first(int part) {
        return (int) ((long) (directory.length - 1) * part / parallel.parts());
    }

    private int count(int from, int to) {
        int result = 0;
        for (int i = 0; i < count; i++) {
            long hash = HashIndex.hash(codes[i]);
            int slot = (int) (hash >>> shift);
            if (slot >= from && slot < to) {
                directory[slot + 1] = directory[slot + 1] + (1L << HashIndex.TAG_BITS) | HashIndex.tag(hash, shift);
                result++;
            }
        }
        return result;
    }

    private void place(int from, int to, int base) {
        long tags = (1L << HashIndex.TAG_BITS) - 1;
        long next = base;
        for (int slot = from + 1; slot <= to; slot++) {
            long size = directory[slot] >>> HashIndex.TAG_BITS;
            directory[slot] = next << HashIndex.TAG_BITS | directory[slot] & tags;
            next += size;
        }
        for (int i = 0; i < count; i++) {
            int slot = (int) (HashIndex.hash(codes[i]) >>> shift);
            if (slot >= from && slot < to) {
                int place = (int) (directory[slot + 1] >>> HashIndex.TAG_BITS);
                directory[slot + 1] += 1L << HashIndex.TAG_BITS;
                placed[place] = codes[i];
                rows[place] = rowOf.length == 0 ? i : rowOf[i];
            }
        }
    }

    /** Brings equal keys of each slot side by side. */
    private void group(int from, int to, int base) {
        boolean twice = false;
        int start = base;
        for (int slot = from; slot < to; slot++) {
            int end = (int) (directory[slot + 1] >>> HashIndex.TAG_BITS);
            if (end - start > 1) {
                sort(start, end);
                twice |= separate(start, end);
            }
            start = end;
        }
        if (twice) {
            repeated.set(true);
        }
    }

    /** Sorts some places by code; those with the same code keep their order. */
    private void sort(int from, int to) {
        if (to - from > INSERTION_UP_TO) {
            sortMany(from, to);
            return;
        }
        for (int i = from + 1; i < to; i++) {
            long code = placed[i];
            int row = rows[i];
            int j = i;
            for (; j > from && placed[j - 1] > code; j--) {
                placed[j] = placed[j - 1];
                rows[j] = rows[j - 1];
            }
            placed[j] = code;
            rows[j] = row;
        }
    }

    /** Counting sort by the few codes of a slot that many rows share. */
    private void sortMany(int from, int to) {
        long[] before = Arrays.copyOfRange(placed, from, to);
        int[] rowsBefore = Arrays.copyOfRange(rows, from, to);
        Arrays.sort(placed, from, to);
        long[] distinct = new long[before.length];
        int[] next = new int[before.length];
        int size = 0;
        for (int i = from; i < to; i++) {
            if (i == from || placed[i] != placed[i - 1]) {
                next[size] = i;
                distinct[size++] = placed[i];
            }
        }
        for (int i = 0; i < before.length; i++) {
            int code = Arrays.binarySearch(distinct, 0, size, before[i]);
            rows[next[code]++] = rowsBefore[i];
        }
    }

    /** Brings equal keys among those with the same code together; returns whether there are any. */
    private boolean separate(int from, int to) {
        boolean twice = false;
        for (int i = from; i < to - 1; i++) {
            if (placed[i] != placed[i + 1]) {
                continue;
            }
            for (int j = i + 1; j < to && placed[j] == placed[i]; j++) {
                if (isSame(i, j)) {
                    twice = true;
                    int row = rows[j];
                    System.arraycopy(rows, i + 1, rows, i + 2, j - i - 1);
                    rows[i + 1] = row;
                    break;
                }
            }
        }
        return twice;
    }

    private boolean isSame(int place, int other) {
        return placed[place] == placed[other] && (equality == null || equality.equal(rows[place], rows[other]));
    }
}
