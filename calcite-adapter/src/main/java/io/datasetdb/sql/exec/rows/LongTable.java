// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one column of one word: open addressing over pairs (word, number + 1) that stand side by side, so that a
 * look-up
 * of a large table costs one cache miss. Fibonacci hashing.
 */
final class LongTable extends GroupTable {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final KeyColumn column;
    private long[] slots = new long[2 * 256];
    private int shift = 64 - 8;
    private long[] values = new long[128];
    private long[] words = {};
    private int size;
    private int nullId = -1;
    /** Keeps {@link #touch}'s reads from being optimised away. */
    private long touched;

    LongTable(KeyColumn column) {
        this.column = column;
    }

    private LongTable(LongTable whole) {
        this.column = whole.column.reader();
        this.slots = whole.slots;
        this.shift = whole.shift;
        this.values = whole.values;
        this.size = whole.size;
        this.nullId = whole.nullId;
    }

    @Override
    public GroupTable reader() {
        return new LongTable(this);
    }

    @Override
    public int size() {
        return size;
    }

    private static int slot(long word, int shift) {
        return (int) ((word ^ word >>> 32) * GOLDEN >>> shift) << 1;
    }

    private long[] encode(Vector vector, int[] positions, int count, boolean insert) {
        if (words.length < count) {
            words = new long[count];
        }
        column.encode(vector, positions, count, new long[][] {words}, insert);
        return words;
    }

    @Override
    public void put(Vector[] keys, int[] positions, int count, int[] ids) {
        Vector vector = keys[0];
        long[] batch = encode(vector, positions, count, true);
        if (vector.mayHaveNulls()) {
            for (int i = 0; i < count; i++) {
                ids[i] = vector.isNull(positions[i]) ? nullId() : put(batch[i]);
            }
            return;
        }
        reserve(count);
        touch(batch, count, ids);
        long[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < count; i++) {
            long word = batch[i];
            int slot = ids[i];
            long id = table[slot + 1];
            while (id != 0 && table[slot] != word) {
                slot = (slot + 2) & mask;
                id = table[slot + 1];
            }
            if (id == 0) {
                id = add(word, slot);
            }
            ids[i] = (int) id - 1;
        }
    }

    /**
     * Computes where to start looking for each key, and reads there: loads that do not wait for each other's
     * comparisons
     * overlap, so that most of a batch's cache misses are paid at once.
     */
    private void touch(long[] batch, int count, int[] places) {
        long[] table = slots;
        int tableShift = shift;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int slot = slot(batch[i], tableShift);
            places[i] = slot;
            sum += table[slot];
        }
        touched = sum;
    }

    private int put(long word) {
        reserve(1);
        int mask = slots.length - 1;
        int slot = slot(word, shift);
        while (slots[slot + 1] != 0) {
            if (slots[slot] == word) {
                return (int) slots[slot + 1] - 1;
            }
            slot = (slot + 2) & mask;
        }
        return (int) add(word, slot) - 1;
    }

    private int nullId() {
        if (nullId < 0) {
            nullId = append(0);
        }
        return nullId;
    }

    /** Takes the free slot; returns the number + 1. */
    private long add(long word, int slot) {
        int id = append(word);
        slots[slot] = word;
        slots[slot + 1] = id + 1L;
        return id + 1L;
    }

    private int append(long word) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Growth.grown(size, size + 1L));
        }
        values[size] = word;
        return size++;
    }

    /** Grows the table until this many more keys keep it at most five eighths full. */
    private void reserve(int more) {
        while ((size + (long) more) * 16 > slots.length * 5L) {
            long[] grown = new long[Growth.doubled(slots.length)];
            shift--;
            int mask = grown.length - 1;
            for (int id = 0; id < size; id++) {
                if (id != nullId) {
                    int slot = slot(values[id], shift);
                    while (grown[slot + 1] != 0) {
                        slot = (slot + 2) & mask;
                    }
                    grown[slot] = values[id];
                    grown[slot + 1] = id + 1L;
                }
            }
            slots = grown;
        }
    }

    @Override
    public void find(Vector[] keys, int[] positions, int count, int[] ids) {
        Vector vector = keys[0];
        long[] batch = encode(vector, positions, count, false);
        touch(batch, count, ids);
        long[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < count; i++) {
            long word = batch[i];
            int slot = ids[i];
            long id = table[slot + 1];
            while (id != 0 && table[slot] != word) {
                slot = (slot + 2) & mask;
                id = table[slot + 1];
            }
            ids[i] = (int) id - 1;
        }
        if (vector.mayHaveNulls()) {
            for (int i = 0; i < count; i++) {
                if (vector.isNull(positions[i])) {
                    ids[i] = nullId;
                }
            }
        }
    }

    @Override
    public List<Vector> keys(int from, int to) {
        long @Nullable [] validity = null;
        if (nullId >= from && nullId < to) {
            validity = Validity.allValid(to - from);
            Validity.setNull(validity, nullId - from);
        }
        return List.of(column.decode(new long[][] {values}, from, to, validity));
    }

    @Override
    public long heapBytes() {
        return 8L * slots.length + 8L * values.length + column.heapBytes() + (touched & 0);
    }
}
