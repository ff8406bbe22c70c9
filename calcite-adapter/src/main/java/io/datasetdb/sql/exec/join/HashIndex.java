// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

/**
 * Codes of any kind: a directory, indexed by the upper bits of their hash, says which places to look at, and 16 bits of each
 * entry tell most absent codes without looking at any. After Birler, Schmidt, Fent and Neumann, "Simple, Efficient, and Robust
 * Hash Tables for Join Processing" (DaMoN 2024).
 */
final class HashIndex implements KeyIndex {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int SCAN_UP_TO = 16;
    static final int TAG_BITS = 16;

    private final int shift;
    private final long[] directory;
    private final long[] codes;

    /**
     * @param shift what leaves the slot of a {@link #hash}
     * @param directory at {@code slot + 1} the place after the slot's last one, above 16 tag bits
     * @param codes the code at each place
     */
    HashIndex(int shift, long[] directory, long[] codes) {
        this.shift = shift;
        this.directory = directory;
        this.codes = codes;
    }

    static long hash(long code) {
        return (code ^ code >>> 32) * GOLDEN;
    }

    static long tag(long hash, int shift) {
        return 1L << (hash >>> (shift - 4) & (TAG_BITS - 1));
    }

    /** The shift for a directory of as many slots as rows, or up to twice as many, at most 2^30. */
    static int shift(int rows) {
        return Math.max(34, Long.numberOfLeadingZeros(Math.max(1, rows - 1L)));
    }

    static int slots(int shift) {
        return 1 << (64 - shift);
    }

    @Override
    public void find(long[] wanted, int count, int[] places) {
        long[] slots = directory;
        for (int i = 0; i < count; i++) {
            long hash = hash(wanted[i]);
            int slot = (int) (hash >>> shift);
            boolean maybe = (slots[slot + 1] & tag(hash, shift)) != 0;
            places[i] = maybe ? slot : -1;
        }
        for (int i = 0; i < count; i++) {
            int slot = places[i];
            if (slot >= 0) {
                places[i] = find(wanted[i], (int) (slots[slot] >>> TAG_BITS), (int) (slots[slot + 1] >>> TAG_BITS));
            }
        }
    }

    /** The places of a slot are in the order of their codes, of which some may have very many. */
    private int find(long code, int first, int to) {
        int from = first;
        int end = to;
        while (end - from > SCAN_UP_TO) {
            int middle = (from + end) >>> 1;
            if (codes[middle] < code) {
                from = middle + 1;
            } else {
                end = middle + 1;
            }
        }
        for (int place = from; place < end; place++) {
            if (codes[place] == code) {
                return place;
            }
        }
        return -1;
    }

    /** Whether the code at a place is this one; false behind the last place. */
    boolean isAt(int place, long code) {
        return place < codes.length && codes[place] == code;
    }

    @Override
    public long heapBytes() {
        return 8L * directory.length + 8L * codes.length;
    }
}
