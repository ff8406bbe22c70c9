// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import java.util.Arrays;

/**
 * Gives equal ranges of bytes the same small number, as long as there are few different ones. Results that repeat become a
 * dictionary this way, which makes grouping by them cheap.
 */
final class Interner {
    /** No number: there are too many different values. */
    static final int FULL = -1;

    /** Values of fewer bytes than this are also known by their bytes in a long, which finds them without a comparison. */
    private static final int SHORT = 8;

    private static final int SHORT_SLOTS = 64;

    private final int limit;
    private int[] table = new int[64];
    private int[] hashes = new int[32];
    private int[] offsets = new int[33];
    private byte[] data = new byte[256];
    private final long[] shortKeys = new long[SHORT_SLOTS];
    private final int[] shortIds = new int[SHORT_SLOTS];
    private int size;
    private int last;

    /** @param limit the most different values that are worth a dictionary */
    Interner(int limit) {
        this.limit = limit;
    }

    /** The number of the value {@code bytes[from, to)}, or {@link #FULL}. */
    int intern(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= SHORT) {
            return find(bytes, from, to);
        }
        // The length in the highest byte keeps keys apart, and apart from that of an unused slot.
        long key = (long) (length + 1) << 56 | shortBytes(bytes, from, to);
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 58);
        if (shortKeys[slot] == key) {
            return shortIds[slot];
        }
        int id = find(bytes, from, to);
        if (id != FULL) {
            shortKeys[slot] = key;
            shortIds[slot] = id;
        }
        return id;
    }

    private static long shortBytes(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        if (to >= Long.BYTES) {
            return Bytes.word(bytes, to - Long.BYTES) >>> Long.SIZE - Byte.SIZE * (to - from);
        }
        long result = 0;
        for (int i = to - 1; i >= from; i--) {
            result = result << Byte.SIZE | bytes[i] & 0xFF;
        }
        return result;
    }

    private int find(byte[] bytes, int from, int to) {
        if (size > 0 && equal(last, bytes, from, to)) {
            return last;
        }
        int hash = hash(bytes, from, to);
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != 0) {
            int id = table[slot] - 1;
            if (hashes[id] == hash && equal(id, bytes, from, to)) {
                last = id;
                return id;
            }
            slot = (slot + 1) & mask;
        }
        if (size == limit) {
            return FULL;
        }
        table[slot] = size + 1;
        add(hash, bytes, from, to);
        return last;
    }

    /** The values by number. */
    BytesVector dictionary() {
        return new BytesVector(DataType.VARCHAR, size, data, offsets, null);
    }

    private boolean equal(int id, byte[] bytes, int from, int to) {
        int start = offsets[id];
        int length = to - from;
        if (offsets[id + 1] - start != length) {
            return false;
        }
        if (length >= 8) {
            return Arrays.equals(data, start, start + length, bytes, from, to);
        }
        for (int i = 0; i < length; i++) {
            if (data[start + i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            hash = (hash ^ Bytes.word(bytes, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        long rest = 0;
        for (; i < to; i++) {
            rest = rest << 8 | (bytes[i] & 0xFF);
        }
        hash = (hash ^ rest) * 0x9E3779B97F4A7C15L;
        return (int) (hash ^ hash >>> 32);
    }

    private void add(int hash, byte[] bytes, int from, int to) {
        int length = to - from;
        int start = offsets[size];
        if (start + length > data.length) {
            data = Arrays.copyOf(data, Math.max(start + length, data.length * 2));
        }
        System.arraycopy(bytes, from, data, start, length);
        if (size + 1 == hashes.length) {
            hashes = Arrays.copyOf(hashes, hashes.length * 2);
            offsets = Arrays.copyOf(offsets, hashes.length + 1);
        }
        hashes[size] = hash;
        offsets[size + 1] = start + length;
        last = size++;
        if (size * 2 > table.length) {
            grow();
        }
    }

    private void grow() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = id + 1;
        }
    }
}
