// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of several words. The words of a key stand side by side, so that a look-up of a large table costs one cache miss for
 * all of them, after them one more word with a bit for each NULL; an open-addressing table of (upper half of the hash, number
 * + 1) finds them. As long as all columns are coded and
 * their
 * codes together take few bits, an array indexed by these bits answers instead.
 */
final class WordTable extends GroupTable {
    private static final int MAX_DIRECT_BITS = 16;
    private static final long M = 0xD6E8FEB86659FD93L;

    private final KeyColumn[] columns;
    private final int[] firstWord;
    private final int wordCount;
    private long[][] batch;
    /** The words of the keys, key by key. */
    private long[] stored;

    private int capacity = 64;
    private long[] slots = new long[256];
    private int size;
    private int @Nullable [] direct;
    private int[] directBits;
    private boolean mayBeDirect;
    /** Keeps {@link #touch}'s reads from being optimised away. */
    private long touched;

    WordTable(KeyColumn[] columns, boolean fast) {
        super(fast);
        this.columns = columns;
        this.firstWord = new int[columns.length];
        int words = 0;
        mayBeDirect = columns.length <= 63;
        for (int i = 0; i < columns.length; i++) {
            firstWord[i] = words;
            words += columns[i].words();
            mayBeDirect &= columns[i].isCoded();
        }
        wordCount = words + (columns.length + 63) / 64;
        batch = new long[wordCount][0];
        stored = new long[wordCount * capacity];
        directBits = new int[columns.length];
    }

    private WordTable(WordTable hashed) {
        super(false);
        columns = Arrays.stream(hashed.columns).map(KeyColumn::reader).toArray(KeyColumn[]::new);
        firstWord = hashed.firstWord;
        wordCount = hashed.wordCount;
        batch = new long[wordCount][0];
        stored = hashed.stored;
        capacity = hashed.capacity;
        slots = hashed.slots;
        size = hashed.size;
        directBits = hashed.directBits;
    }

    @Override
    public GroupTable reader() {
        if (direct != null) {
            toHashed();
        }
        return new WordTable(this);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    void insert(Vector[] keys, int[] positions, int count, int[] ids) {
        encode(keys, positions, count, true);
        if (mayBeDirect) {
            prepareDirect();
        }
        int[] table = direct;
        if (table != null) {
            indexes(batch, count, ids);
            for (int i = 0; i < count; i++) {
                int index = ids[i];
                int id = table[index] - 1;
                if (id < 0) {
                    id = append(i);
                    table[index] = id + 1;
                }
                ids[i] = id;
            }
            return;
        }
        long[] hashes = hashes(batch, count);
        touch(hashes, count);
        for (int i = 0; i < count; i++) {
            int slot = slot(i, hashes[i]);
            long entry = slots[slot];
            if (entry == 0) {
                ids[i] = append(i);
                slots[slot] = (hashes[i] & 0xFFFFFFFF00000000L) | size;
                if (size * 2L > slots.length) {
                    rehash(Growth.doubled(slots.length));
                }
            } else {
                ids[i] = (int) entry - 1;
            }
        }
    }

    @Override
    public void find(Vector[] keys, int[] positions, int count, int[] ids) {
        encode(keys, positions, count, false);
        if (direct != null) {
            // codes of values that are not there have no place in the array
            toHashed();
        }
        long[] hashes = hashes(batch, count);
        touch(hashes, count);
        for (int i = 0; i < count; i++) {
            ids[i] = (int) slots[slot(i, hashes[i])] - 1;
        }
    }

    /** Reads where the look-ups begin: loads that do not wait for each other's comparisons overlap. */
    private void touch(long[] hashes, int count) {
        long[] table = slots;
        int mask = table.length - 1;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += table[(int) hashes[i] & mask];
        }
        touched = sum;
    }

    private void encode(Vector[] keys, int[] positions, int count, boolean insert) {
        if (batch[0].length < count) {
            batch = new long[wordCount][count];
        }
        int masks = wordCount - (columns.length + 63) / 64;
        for (int word = masks; word < wordCount; word++) {
            Arrays.fill(batch[word], 0, count, 0);
        }
        for (int column = 0; column < columns.length; column++) {
            int from = firstWord[column];
            long[][] words = Arrays.copyOfRange(batch, from, from + columns[column].words());
            columns[column].encode(keys[column], positions, count, words, insert);
            if (keys[column].mayHaveNulls()) {
                long[] mask = batch[masks + (column >>> 6)];
                for (int i = 0; i < count; i++) {
                    if (keys[column].isNull(positions[i])) {
                        mask[i] |= 1L << column;
                    }
                }
            }
        }
    }

    /** Where the {@code i}th key of the batch is, or the free slot where it belongs. */
    private int slot(int i, long hash) {
        long[] table = slots;
        int mask = table.length - 1;
        int slot = (int) hash & mask;
        while (true) {
            long entry = table[slot];
            if (entry == 0 || ((entry ^ hash) >>> 32 == 0 && equal((int) entry - 1, i))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private boolean equal(int id, int i) {
        int at = id * wordCount;
        for (int word = 0; word < wordCount; word++) {
            if (stored[at + word] != batch[word][i]) {
                return false;
            }
        }
        return true;
    }

    private int append(int i) {
        if (size == capacity) {
            int length = Growth.grown(stored.length, (size + 1L) * wordCount);
            capacity = length / wordCount;
            stored = Arrays.copyOf(stored, length);
        }
        int at = size * wordCount;
        for (int word = 0; word < wordCount; word++) {
            stored[at + word] = batch[word][i];
        }
        return size++;
    }

    private long[] hashes(long[][] words, int count) {
        long[] hashes = new long[count];
        for (int word = 0; word < wordCount; word++) {
            long[] values = words[word];
            for (int i = 0; i < count; i++) {
                long h = (hashes[i] ^ values[i]) * M;
                hashes[i] = h ^ h >>> 32;
            }
        }
        for (int i = 0; i < count; i++) {
            long h = hashes[i] * M;
            hashes[i] = h ^ h >>> 32;
        }
        return hashes;
    }

    private void rehash(int length) {
        long[] grown = new long[length];
        int mask = length - 1;
        for (int from = 0; from < size; from += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, size - from);
            long[] hashes = hashes(words(from, from + count), count);
            for (int i = 0; i < count; i++) {
                int slot = (int) hashes[i] & mask;
                while (grown[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                grown[slot] = (hashes[i] & 0xFFFFFFFF00000000L) | (from + i + 1);
            }
        }
        slots = grown;
    }

    /** Makes {@link #direct} fit the codes that there are by now, or gives it up for good. */
    private void prepareDirect() {
        boolean fits = direct != null;
        int bits = 0;
        int[] needed = new int[columns.length];
        for (int column = 0; column < columns.length; column++) {
            // one more for NULL
            int codeBits = 32 - Integer.numberOfLeadingZeros(columns[column].codes());
            fits &= codeBits <= directBits[column];
            needed[column] = codeBits + (codeBits > directBits[column] ? 1 : 0);
            needed[column] = Math.max(needed[column], directBits[column]);
            bits += needed[column];
        }
        if (fits) {
            return;
        }
        if (bits > MAX_DIRECT_BITS) {
            toHashed();
            return;
        }
        directBits = needed;
        int[] table = new int[1 << bits];
        int[] indexes = new int[size];
        indexes(words(0, size), size, indexes);
        for (int id = 0; id < size; id++) {
            table[indexes[id]] = id + 1;
        }
        direct = table;
    }

    private void toHashed() {
        mayBeDirect = false;
        direct = null;
        int length = slots.length;
        while (size * 2L > length) {
            length = Growth.doubled(length);
        }
        rehash(length);
    }

    /** Code + 1 of every column side by side, 0 for NULL. */
    private void indexes(long[][] words, int count, int[] indexes) {
        long[] nulls = words[wordCount - 1];
        Arrays.fill(indexes, 0, count, 0);
        int shift = 0;
        for (int column = 0; column < columns.length; column++) {
            long[] codes = words[firstWord[column]];
            for (int i = 0; i < count; i++) {
                int code = (int) codes[i] + 1 - (int) (nulls[i] >>> column & 1);
                indexes[i] |= code << shift;
            }
            shift += directBits[column];
        }
    }

    @Override
    public List<Vector> keys(int from, int to) {
        return keys(words(from, to), to - from);
    }

    /** The words of some keys, column by column. */
    private long[][] words(int from, int to) {
        long[][] words = new long[wordCount][to - from];
        for (int word = 0; word < wordCount; word++) {
            long[] target = words[word];
            for (int id = from; id < to; id++) {
                target[id - from] = stored[id * wordCount + word];
            }
        }
        return words;
    }

    @Override
    public List<Vector> keys(int[] numbers, int count) {
        long[][] gathered = new long[wordCount][count];
        for (int word = 0; word < wordCount; word++) {
            long[] target = gathered[word];
            for (int i = 0; i < count; i++) {
                target[i] = stored[numbers[i] * wordCount + word];
            }
        }
        return keys(gathered, count);
    }

    private List<Vector> keys(long[][] all, int count) {
        List<Vector> result = new ArrayList<>(columns.length);
        int masks = wordCount - (columns.length + 63) / 64;
        for (int column = 0; column < columns.length; column++) {
            int first = firstWord[column];
            long[][] words = Arrays.copyOfRange(all, first, first + columns[column].words());
            result.add(
                    columns[column].decode(words, 0, count, validity(all[masks + (column >>> 6)], column, 0, count)));
        }
        return result;
    }

    private static long @Nullable [] validity(long[] mask, int column, int from, int to) {
        long[] validity = null;
        for (int id = from; id < to; id++) {
            if ((mask[id] >>> column & 1) != 0) {
                validity = validity == null ? Validity.allValid(to - from) : validity;
                Validity.setNull(validity, id - from);
            }
        }
        return validity;
    }

    @Override
    long tableBytes() {
        long bytes = 8L * slots.length + 8L * stored.length + (touched & 0);
        for (KeyColumn column : columns) {
            bytes += column.heapBytes();
        }
        return bytes;
    }
}
