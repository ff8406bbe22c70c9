// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

/** A set of words that says no for most of those that are not in it, and yes for all that are. */
abstract sealed class WordSet {
    abstract void add(long word);

    /** Keeps the positions whose word may be in the set; returns how many. */
    abstract int filter(long[] words, int[] positions, int count, int[] kept);

    abstract long heapBytes();

    /** Exact: a bit for each word of a range. */
    static final class Bits extends WordSet {
        private final long least;
        private final long span;
        private final long[] bits;

        Bits(long least, long span, long[] bits) {
            this.least = least;
            this.span = span;
            this.bits = bits;
        }

        @Override
        void add(long word) {
            long distance = word - least;
            bits[(int) (distance >>> 6)] |= 1L << distance;
        }

        @Override
        int filter(long[] words, int[] positions, int count, int[] kept) {
            int size = 0;
            for (int i = 0; i < count; i++) {
                long distance = words[i] - least;
                boolean inside = distance >= 0 && distance < span;
                long word = inside ? bits[(int) (distance >>> 6)] : 0;
                kept[size] = positions[i];
                size += (int) (word >>> distance & 1);
            }
            return size;
        }

        @Override
        long heapBytes() {
            return 8L * bits.length;
        }
    }

    /** Four bits of one 64-bit word each: a register-blocked Bloom filter, after Putze, Sanders and Singler (2007). */
    static final class Bloom extends WordSet {
        private static final long GOLDEN = 0x9E3779B97F4A7C15L;
        private static final long MIX = 0xD6E8FEB86659FD93L;

        private final int shift;
        private final long[] blocks;

        /**
         * @param words how many come, about
         */
        Bloom(int words) {
            shift = Math.max(36, Long.numberOfLeadingZeros(Math.max(1, words / 4)));
            blocks = new long[1 << (64 - shift)];
        }

        private static long hash(long word) {
            return (word ^ word >>> 32) * GOLDEN;
        }

        private static long mask(long hash) {
            long mixed = hash * MIX;
            return 1L << (mixed >>> 58) | 1L << (mixed >>> 52) | 1L << (mixed >>> 46) | 1L << (mixed >>> 40);
        }

        @Override
        void add(long word) {
            long hash = hash(word);
            blocks[(int) (hash >>> shift)] |= mask(hash);
        }

        @Override
        int filter(long[] words, int[] positions, int count, int[] kept) {
            int size = 0;
            for (int i = 0; i < count; i++) {
                long hash = hash(words[i]);
                long mask = mask(hash);
                kept[size] = positions[i];
                size += (blocks[(int) (hash >>> shift)] & mask) == mask ? 1 : 0;
            }
            return size;
        }

        @Override
        long heapBytes() {
            return 8L * blocks.length;
        }
    }
}
