// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.io.ParquetDecodingException;

/** DELTA_LENGTH_BYTE_ARRAY: all lengths as DELTA_BINARY_PACKED, then all bytes. */
final class DeltaLengthDecoder implements ValueDecoder {
    private static final int CHUNK = 1024;

    private final DeltaBinaryPackedDecoder lengths;
    private final byte[] array;
    private final int end;
    private final int[] chunk = new int[CHUNK];
    private int next;

    DeltaLengthDecoder(Slice slice) {
        this.lengths = new DeltaBinaryPackedDecoder(slice);
        this.array = slice.array();
        this.next = new DeltaBinaryPackedDecoder(slice).sectionEnd();
        this.end = slice.end();
    }

    @Override
    public void read(BytesBuffer out, int count) {
        out.ensureValues(count);
        for (int done = 0; done < count; ) {
            int step = Math.min(count - done, CHUNK);
            lengths.read(chunk, 0, step);
            int bytes = total(step);
            out.ensureBytes(bytes);
            int at = out.length();
            System.arraycopy(array, next, out.data, at, bytes);
            for (int i = 0; i < step; i++) {
                at += chunk[i];
                out.offsets[out.size + i + 1] = at;
            }
            out.size += step;
            next += bytes;
            done += step;
        }
    }

    @Override
    public void skipBytes(int count) {
        for (int done = 0; done < count; ) {
            int step = Math.min(count - done, CHUNK);
            lengths.read(chunk, 0, step);
            next += total(step);
            done += step;
        }
    }

    private int total(int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            if (chunk[i] < 0) {
                throw new ParquetDecodingException("a value has a negative length (" + chunk[i] + ")");
            }
            total += chunk[i];
        }
        if (total > end - next) {
            throw new ParquetDecodingException("values are longer than their page (" + total + " bytes)");
        }
        return (int) total;
    }
}
