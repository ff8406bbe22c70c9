// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import java.util.Arrays;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * DELTA_BYTE_ARRAY (incremental encoding): of each value the length of the prefix it shares with the one before, then
 * the suffixes as DELTA_LENGTH_BYTE_ARRAY.
 */
final class DeltaByteArrayDecoder implements ValueDecoder {
    private static final int CHUNK = 1024;

    private final DeltaBinaryPackedDecoder prefixes;
    private final DeltaLengthDecoder suffixes;
    private final int fixedLength;
    private final int[] prefixChunk = new int[CHUNK];
    private final BytesBuffer suffixChunk = new BytesBuffer();

    private final BytesBuffer skipped = new BytesBuffer();

    /** The value before the next one. */
    private byte[] last;

    /**
     * A decoder whose first value may share a prefix with {@code previous}, as old writers let pages depend on another.
     */
    DeltaByteArrayDecoder(Slice slice, int fixedLength, byte[] previous) {
        this.prefixes = new DeltaBinaryPackedDecoder(slice);
        int behind = new DeltaBinaryPackedDecoder(slice).sectionEnd();
        this.suffixes = new DeltaLengthDecoder(slice.skip(behind - slice.offset()));
        this.fixedLength = fixedLength;
        this.last = previous;
    }

    /** The last value handed out. */
    byte[] last() {
        return last;
    }

    @Override
    public void read(BytesBuffer out, int count) {
        out.ensureValues(count);
        for (int done = 0; done < count; ) {
            int step = Math.min(count - done, CHUNK);
            prefixes.read(prefixChunk, 0, step);
            suffixChunk.size = 0;
            suffixes.read(suffixChunk, step);
            int start = out.size;
            join(out, step);
            if (fixedLength >= 0) {
                checkLengths(out, start);
            }
            done += step;
        }
    }

    @Override
    public void skipBytes(int count) {
        for (int done = 0; done < count; ) {
            int step = Math.min(count - done, CHUNK);
            skipped.size = 0;
            read(skipped, step);
            done += step;
        }
    }

    private void join(BytesBuffer out, int count) {
        byte[] previous = last;
        int previousStart = 0;
        int previousLength = last.length;
        for (int i = 0; i < count; i++) {
            int prefix = prefixChunk[i];
            if (prefix < 0 || prefix > previousLength) {
                throw new ParquetDecodingException("a value's prefix is longer than the value before (" + prefix + ")");
            }
            int suffixStart = suffixChunk.offsets[i];
            int suffix = suffixChunk.offsets[i + 1] - suffixStart;
            int at = out.length();
            byte[] before = out.data;
            out.ensureBytes((long) prefix + suffix);
            if (previous == before) {
                previous = out.data;
            }
            System.arraycopy(previous, previousStart, out.data, at, prefix);
            System.arraycopy(suffixChunk.data, suffixStart, out.data, at + prefix, suffix);
            out.offsets[out.size + 1] = at + prefix + suffix;
            out.size++;
            previous = out.data;
            previousStart = at;
            previousLength = prefix + suffix;
        }
        if (previous != last) {
            last = Arrays.copyOfRange(previous, previousStart, previousStart + previousLength);
        }
    }

    private void checkLengths(BytesBuffer out, int start) {
        for (int i = start; i < out.size; i++) {
            int length = out.offsets[i + 1] - out.offsets[i];
            if (length != fixedLength) {
                throw new ParquetDecodingException("a value has the wrong length (" + length + ")");
            }
        }
    }
}
