// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distinct VARCHAR or VARBINARY values. Their bytes stand in chunks; an open-addressing table of (upper half of the
 * hash,
 * code + 1) finds them.
 */
final class InternedBytes extends Interned {
    private static final int MAX_DICTIONARY = 1024;
    private static final int MAX_CHUNK = 1 << 22;

    private byte[][] chunks = {new byte[1 << 12]};
    private int chunkCount = 1;
    private int used;
    private long chunkBytes = 1 << 12;
    private long[] addresses = new long[64];
    private int[] lengths = new int[64];
    private long[] slots = new long[128];
    private int size;
    private @Nullable BytesVector dictionary;

    InternedBytes(DataType type) {
        super(type);
    }

    private InternedBytes(InternedBytes whole) {
        super(whole.type);
        chunks = whole.chunks;
        addresses = whole.addresses;
        lengths = whole.lengths;
        slots = whole.slots;
        size = whole.size;
    }

    @Override
    Interned reader() {
        return new InternedBytes(this);
    }

    @Override
    int codes() {
        return size;
    }

    @Override
    int code(Vector vector, int position, boolean insert) {
        BytesVector bytes = (BytesVector) vector;
        int[] offsets = bytes.offsets();
        return code(bytes.data(), offsets[position], offsets[position + 1], insert);
    }

    private int code(byte[] data, int from, int to, boolean insert) {
        long hash = ValueHash.ofBytes(data, from, to);
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (true) {
            long entry = slots[slot];
            if (entry == 0) {
                return insert ? insert(data, from, to, hash, slot) : (int) ABSENT;
            }
            if ((entry ^ hash) >>> 32 == 0) {
                int code = (int) entry - 1;
                if (equal(code, data, from, to)) {
                    return code;
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    private boolean equal(int code, byte[] data, int from, int to) {
        int length = lengths[code];
        if (length != to - from) {
            return false;
        }
        long address = addresses[code];
        int start = (int) address;
        return Arrays.equals(chunks[(int) (address >>> 32)], start, start + length, data, from, to);
    }

    private int insert(byte[] data, int from, int to, long hash, int slot) {
        int code = size;
        if (code == lengths.length) {
            int grown = Growth.grown(code, code + 1L);
            lengths = Arrays.copyOf(lengths, grown);
            addresses = Arrays.copyOf(addresses, grown);
        }
        addresses[code] = store(data, from, to - from);
        lengths[code] = to - from;
        slots[slot] = (hash & 0xFFFFFFFF00000000L) | (code + 1);
        size++;
        if (size * 2L > slots.length) {
            rehash();
        }
        return code;
    }

    private long store(byte[] data, int from, int length) {
        if (used + (long) length > chunks[chunkCount - 1].length) {
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            byte[] chunk = new byte[Math.max(length, Math.min(MAX_CHUNK, chunks[chunkCount - 1].length * 2))];
            chunks[chunkCount++] = chunk;
            chunkBytes += chunk.length;
            used = 0;
        }
        System.arraycopy(data, from, chunks[chunkCount - 1], used, length);
        long address = (long) (chunkCount - 1) << 32 | used;
        used += length;
        return address;
    }

    private void rehash() {
        long[] grown = new long[Growth.doubled(slots.length)];
        int mask = grown.length - 1;
        for (int code = 0; code < size; code++) {
            int start = (int) addresses[code];
            byte[] chunk = chunks[(int) (addresses[code] >>> 32)];
            long hash = ValueHash.ofBytes(chunk, start, start + lengths[code]);
            int slot = (int) hash & mask;
            while (grown[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            grown[slot] = (hash & 0xFFFFFFFF00000000L) | (code + 1);
        }
        slots = grown;
    }

    @Override
    Vector decode(int[] codes, long @Nullable [] validity) {
        if (size > 0 && size <= MAX_DICTIONARY) {
            BytesVector values = dictionary;
            if (values == null || values.size() != size) {
                int[] all = new int[size];
                Arrays.setAll(all, i -> i);
                values = gather(all, null);
                dictionary = values;
            }
            return new DictionaryVector(codes.length, codes, values, validity);
        }
        return gather(codes, validity);
    }

    private BytesVector gather(int[] codes, long @Nullable [] validity) {
        int count = codes.length;
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], Validity.isValid(validity, i) ? lengths[codes[i]] : 0);
        }
        byte[] data = new byte[offsets[count]];
        for (int i = 0; i < count; i++) {
            int length = offsets[i + 1] - offsets[i];
            if (length > 0) {
                long address = addresses[codes[i]];
                System.arraycopy(chunks[(int) (address >>> 32)], (int) address, data, offsets[i], length);
            }
        }
        return new BytesVector(type, count, data, offsets, validity);
    }

    @Override
    long heapBytes() {
        return chunkBytes + 12L * lengths.length + 8L * slots.length;
    }
}
