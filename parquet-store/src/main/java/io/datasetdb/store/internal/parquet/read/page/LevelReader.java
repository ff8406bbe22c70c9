// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.io.ParquetDecodingException;

/** The repetition or definition levels of a page, in order. */
interface LevelReader {
    /** The next {@code count} levels. */
    void read(byte[] out, int offset, int count);

    /**
     * Passes over the next {@code count} levels if it is known at once that all of them are {@code level}; otherwise
     * does nothing and returns false.
     */
    boolean skipAll(int level, int count);

    /** Passes over levels as long as they are {@code level}, at most {@code max}, and returns how many these were. */
    int passWhile(int level, int max);

    /** The levels of a column that has only level 0. */
    static LevelReader none() {
        return new LevelReader() {
            @Override
            public void read(byte[] out, int offset, int count) {
                java.util.Arrays.fill(out, offset, offset + count, (byte) 0);
            }

            @Override
            public boolean skipAll(int level, int count) {
                return level == 0;
            }

            @Override
            public int passWhile(int level, int max) {
                return level == 0 ? max : 0;
            }
        };
    }

    /** The bits that levels up to {@code max} take. */
    static int width(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    /** The deprecated BIT_PACKED encoding: no runs, most significant bit first. */
    final class BitPacked implements LevelReader {
        private final Slice slice;
        private final int width;
        private long bit;

        BitPacked(Slice slice, int width) {
            this.slice = slice;
            this.width = width;
        }

        @Override
        public void read(byte[] out, int offset, int count) {
            if (bit + (long) count * width > 8L * slice.length()) {
                throw new ParquetDecodingException("a page holds fewer levels than it announces");
            }
            for (int i = 0; i < count; i++) {
                out[offset + i] = (byte) next();
            }
        }

        private int next() {
            int level = 0;
            for (int j = 0; j < width; j++, bit++) {
                int part = slice.array()[slice.offset() + (int) (bit >>> 3)];
                level = level << 1 | (part >>> (7 - (bit & 7)) & 1);
            }
            return level;
        }

        @Override
        public boolean skipAll(int level, int count) {
            return false;
        }

        @Override
        public int passWhile(int level, int max) {
            for (int passed = 0; passed < max; passed++) {
                if (bit + width > 8L * slice.length()) {
                    throw new ParquetDecodingException("a page holds fewer levels than it announces");
                }
                if (next() != level) {
                    bit -= width;
                    return passed;
                }
            }
            return max;
        }
    }
}
