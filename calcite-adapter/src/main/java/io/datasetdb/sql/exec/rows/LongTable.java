// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one column of one word. Keys that lie close together, such as running numbers and dates, are found by an array
 * that is indexed by the key, which also keeps the order of sorted keys in memory; others by open addressing over pairs
 * (word, number + 1) that stand side by side, so that a look-up of a large table costs one cache miss, with Fibonacci
 * hashing. Which of the two it is is decided anew whenever the table grows.
 */
final class LongTable extends GroupTable {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final KeyColumn column;
    private final boolean fast;
    private long[] slots = new long[2 * 256];
    private int shift = 64 - 8;
    private long[] values = new long[128];
    private long[] words = {};
    private int size;
    private int nullId = -1;
    /** Finds all keys but NULL, if there is one; {@link #slots} is empty then. */
    private @Nullable KeyRange range;
    /** Keeps {@link #touch}'s reads from being optimised away. */
    private long touched;

    LongTable(KeyColumn column, boolean fast) {
        super(fast);
        this.column = column;
        this.fast = fast;
    }

    private LongTable(LongTable whole) {
        super(false);
        this.fast = whole.fast;
        this.column = whole.column.reader();
        this.slots = whole.slots;
        this.shift = whole.shift;
        this.values = whole.values;
        this.size = whole.size;
        this.nullId = whole.nullId;
        this.range = whole.range;
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
    void insert(Vector[] keys, int[] positions, int count, int[] ids) {
        Vector vector = keys[0];
        long[] batch = encode(vector, positions, count, true);
        if (vector.mayHaveNulls()) {
            long[] one = new long[1];
            int[] id = new int[1];
            for (int i = 0; i < count; i++) {
                one[0] = batch[i];
                if (vector.isNull(positions[i])) {
                    ids[i] = nullId();
                } else {
                    insert(one, 1, id);
                    ids[i] = id[0];
                }
            }
            return;
        }
        insert(batch, count, ids);
    }

    private void insert(long[] batch, int count, int[] ids) {
        KeyRange direct = reserve(batch, count);
        if (direct != null) {
            insertDirect(direct, batch, count, ids);
            return;
        }
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
                id = append(word) + 1L;
                table[slot] = word;
                table[slot + 1] = id;
            }
            ids[i] = (int) id - 1;
        }
    }

    private void insertDirect(KeyRange direct, long[] batch, int count, int[] ids) {
        int[] numbers = direct.numbers();
        long base = direct.base();
        for (int i = 0; i < count; i++) {
            int place = (int) (batch[i] - base);
            int number = numbers[place];
            if (number == 0) {
                number = append(batch[i]) + 1;
                numbers[place] = number;
            }
            ids[i] = number - 1;
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

    private int nullId() {
        if (nullId < 0) {
            nullId = append(0);
        }
        return nullId;
    }

    private int append(long word) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Growth.grown(size, size + 1L));
        }
        values[size] = word;
        return size++;
    }

    /** Makes room for these keys, if they were all new; returns the range of keys if that is how they are found. */
    private @Nullable KeyRange reserve(long[] batch, int count) {
        if (range != null) {
            range = range.including(batch, count, size);
            if (range != null) {
                return range;
            }
            slots = new long[2 * 256];
            shift = 64 - 8;
            hash(size + (long) count);
        } else if (isFull(size + (long) count)) {
            range = !fast ? null : KeyRange.of(values, size, nullId, batch, count);
            if (range != null) {
                slots = new long[0];
                return range;
            }
            hash(size + (long) count);
        }
        return null;
    }

    /** Whether so many keys would fill the slots more than five eighths. */
    private boolean isFull(long keys) {
        return keys * 16 > slots.length * 5L;
    }

    /** Makes slots for so many keys and puts those in that there are. */
    private void hash(long keys) {
        int length = slots.length;
        while (keys * 16 > length * 5L) {
            length = Growth.doubled(length);
            shift--;
        }
        long[] grown = new long[length];
        int mask = length - 1;
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

    @Override
    public void find(Vector[] keys, int[] positions, int count, int[] ids) {
        Vector vector = keys[0];
        long[] batch = encode(vector, positions, count, false);
        if (range != null) {
            range.find(batch, count, ids);
        } else {
            findHashed(batch, count, ids);
        }
        if (vector.mayHaveNulls()) {
            for (int i = 0; i < count; i++) {
                if (vector.isNull(positions[i])) {
                    ids[i] = nullId;
                }
            }
        }
    }

    private void findHashed(long[] batch, int count, int[] ids) {
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
    public List<Vector> keys(int[] numbers, int count) {
        long[] gathered = new long[count];
        long @Nullable [] validity = null;
        for (int i = 0; i < count; i++) {
            gathered[i] = values[numbers[i]];
            if (numbers[i] == nullId) {
                validity = Validity.allValid(count);
                Validity.setNull(validity, i);
            }
        }
        return List.of(column.decode(new long[][] {gathered}, 0, count, validity));
    }

    @Override
    public @Nullable Bounds bounds() {
        if (range == null) {
            return null;
        }
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int id = 0; id < size; id++) {
            if (id != nullId) {
                low = Math.min(low, values[id]);
                high = Math.max(high, values[id]);
            }
        }
        return new Bounds(low, high);
    }

    @Override
    public int[] pieces(Bounds whole, int pieces) {
        // bounds are closer together than a long is wide
        double scale = pieces / (whole.high() - whole.low() + 1.0);
        int[] result = new int[size];
        for (int id = 0; id < size; id++) {
            result[id] = id == nullId ? 0 : Math.min(pieces - 1, (int) ((values[id] - whole.low()) * scale));
        }
        return result;
    }

    @Override
    long tableBytes() {
        long direct = range == null ? 0 : range.heapBytes();
        return direct + 8L * slots.length + 8L * values.length + column.heapBytes() + (touched & 0);
    }
}
