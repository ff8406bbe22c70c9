// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import org.jspecify.annotations.Nullable;

/**
 * Codes from a small range: a bit for each, and how many bits are set before each 64. A key's number is its rank among those
 * that are there, so that a look-up needs no hash, no comparison and 12 bits of memory for 8 codes: it stays in the processor's
 * cache where a hash table would not. The succinct rank of Jacobson, "Space-efficient Static Trees and Graphs" (1989).
 */
final class RankIndex implements KeyIndex {
    private final long size;
    private final long[] bits;
    private final int[] ranks;
    private final int @Nullable [] starts;

    /**
     * @param size codes are below
     * @param ranks for each word of {@code bits}, the bits set before it
     * @param starts the first place of each rank; nothing if the rank is the place
     */
    RankIndex(long size, long[] bits, int[] ranks, int @Nullable [] starts) {
        this.size = size;
        this.bits = bits;
        this.ranks = ranks;
        this.starts = starts;
    }

    /** Whether bits take less than a hash table would. */
    static boolean fits(long size, int rows) {
        return size >= 0 && size <= Math.max(1 << 16, 128L * rows) && size < 64L * (Integer.MAX_VALUE - 64);
    }

    static int words(long size) {
        return (int) ((size + 63) >>> 6);
    }

    long size() {
        return size;
    }

    /** A bit for each code; to be read only. */
    long[] bits() {
        return bits;
    }

    /** The rank of a code that is there. */
    int rank(long code) {
        int index = (int) (code >>> 6);
        return ranks[index] + Long.bitCount(bits[index] & ((1L << code) - 1));
    }

    @Override
    public void find(long[] codes, int count, int[] places) {
        long[] all = bits;
        int[] before = ranks;
        long end = size;
        for (int i = 0; i < count; i++) {
            long code = codes[i];
            int place = -1;
            if (code >= 0 && code < end) {
                int index = (int) (code >>> 6);
                long word = all[index];
                long bit = 1L << code;
                if ((word & bit) != 0) {
                    place = before[index] + Long.bitCount(word & (bit - 1));
                }
            }
            places[i] = place;
        }
        int[] first = starts;
        if (first != null) {
            for (int i = 0; i < count; i++) {
                if (places[i] >= 0) {
                    places[i] = first[places[i]];
                }
            }
        }
    }

    @Override
    public long heapBytes() {
        return 8L * bits.length + 4L * ranks.length + (starts == null ? 0 : 4L * starts.length);
    }
}
