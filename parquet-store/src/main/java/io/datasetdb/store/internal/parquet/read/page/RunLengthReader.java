// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import java.util.Arrays;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Parquet's hybrid of run lengths and bit-packed groups of eight (<a
 * href="https://github.com/apache/parquet-format/blob/master/Encodings.md">Encodings.md</a>, RLE): levels, dictionary
 * positions and booleans. Reads on from where the last call stopped.
 */
final class RunLengthReader implements LevelReader {
    private final byte[] array;
    private final int end;
    private final int width;
    private int next;
    /** Numbers left of the current run. */
    private int left;

    private boolean packed;
    private int value;
    private long bit;

    RunLengthReader(Slice slice, int width) {
        if (width < 0 || width > Integer.SIZE) {
            throw new ParquetDecodingException("a bit width is out of range (" + width + ")");
        }
        this.array = slice.array();
        this.next = slice.offset();
        this.end = slice.end();
        this.width = width;
    }

    void read(int[] out, int offset, int count) {
        int done = 0;
        while (done < count) {
            int step = Math.min(count - done, available());
            if (packed) {
                BitUnpacker.unpack(array, bit, width, out, offset + done, step);
                bit += (long) step * width;
            } else {
                Arrays.fill(out, offset + done, offset + done + step, value);
            }
            left -= step;
            done += step;
        }
    }

    @Override
    public void read(byte[] out, int offset, int count) {
        int done = 0;
        while (done < count) {
            int step = Math.min(count - done, available());
            if (packed) {
                BitUnpacker.unpack(array, bit, width, out, offset + done, step);
                bit += (long) step * width;
            } else {
                Arrays.fill(out, offset + done, offset + done + step, (byte) value);
            }
            left -= step;
            done += step;
        }
    }

    void read(boolean[] out, int offset, int count) {
        int done = 0;
        while (done < count) {
            int step = Math.min(count - done, available());
            if (packed) {
                for (int i = 0; i < step; i++, bit++) {
                    out[offset + done + i] = (array[(int) (bit >>> 3)] >>> (bit & 7) & 1) != 0;
                }
            } else {
                Arrays.fill(out, offset + done, offset + done + step, value != 0);
            }
            left -= step;
            done += step;
        }
    }

    /** Passes over the next {@code count} numbers. */
    void skip(int count) {
        for (int rest = count; rest > 0; ) {
            int step = Math.min(rest, available());
            bit += packed ? (long) step * width : 0;
            left -= step;
            rest -= step;
        }
    }

    @Override
    public boolean skipAll(int level, int count) {
        if (count == 0 || available() < count || packed || value != level) {
            return count == 0;
        }
        left -= count;
        return true;
    }

    @Override
    public int passWhile(int level, int max) {
        int passed = 0;
        while (passed < max) {
            int step = Math.min(max - passed, available());
            if (packed) {
                int same = packedWhile(level, step);
                left -= same;
                passed += same;
                if (same < step) {
                    return passed;
                }
            } else if (value == level) {
                left -= step;
                passed += step;
            } else {
                return passed;
            }
        }
        return passed;
    }

    private int packedWhile(int level, int count) {
        for (int i = 0; i < count; i++) {
            int next = 0;
            for (int j = 0; j < width; j++) {
                next |= (array[(int) (bit + j >>> 3)] >>> (bit + j & 7) & 1) << j;
            }
            if (next != level) {
                return i;
            }
            bit += width;
        }
        return count;
    }

    /** Numbers left of the current run, at least one. */
    private int available() {
        while (left == 0) {
            startRun();
        }
        return left;
    }

    private void startRun() {
        int header = header();
        packed = (header & 1) != 0;
        if (!packed) {
            value = runValue();
            left = header >>> 1;
            return;
        }
        long groups = Integer.toUnsignedLong(header) >>> 1;
        bit = 8L * next;
        long count = groups * 8;
        if (groups * width > end - next) {
            // Some writers leave out the padding of the last group.
            count = (end - next) * 8L / width;
            next = end;
        } else {
            next += (int) (groups * width);
        }
        left = (int) Math.min(count, Integer.MAX_VALUE);
    }

    private int header() {
        int result = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            if (next >= end) {
                throw new ParquetDecodingException("a page holds fewer values than it announces");
            }
            byte part = array[next++];
            result |= (part & 0x7f) << shift;
            if (part >= 0) {
                return result;
            }
        }
        throw new ParquetDecodingException("a run has a malformed length");
    }

    private int runValue() {
        int bytes = (width + 7) >>> 3;
        if (bytes > end - next) {
            throw new ParquetDecodingException("a page ends inside a run");
        }
        int result = 0;
        for (int i = 0; i < bytes; i++) {
            result |= (array[next++] & 0xff) << (8 * i);
        }
        if (width < Integer.SIZE && result >>> width != 0) {
            throw new ParquetDecodingException("a run's value is wider than its bit width (" + result + ")");
        }
        return result;
    }
}
