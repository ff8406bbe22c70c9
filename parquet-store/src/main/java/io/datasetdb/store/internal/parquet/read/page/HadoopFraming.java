// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Hadoop's block streams: per block the size of its contents, then pieces, each behind its compressed size; all sizes
 * big-endian. The codecs LZ4 and LZO of the Parquet format mean this framing, but not every writer knew.
 */
final class HadoopFraming {
    private HadoopFraming() {}

    /** Decompresses a page in this framing or, where that makes no sense, as one bare block; returns the size. */
    static int decompress(Decompressor codec, Slice page, byte[] out, int size) {
        try {
            int done = decompressBlocks(codec, page, out, size);
            if (done == size) {
                return done;
            }
        } catch (MalformedInputException | ParquetDecodingException | IllegalArgumentException e) {
            // Not framed, or damaged: the bare block has the last word.
        }
        return codec.decompress(page.array(), page.offset(), page.length(), out, 0, size);
    }

    private static int decompressBlocks(Decompressor codec, Slice page, byte[] out, int size) {
        Slice rest = page;
        int done = 0;
        while (rest.length() > 0) {
            long blockEnd = done + (long) bigEndian(rest);
            rest = rest.skip(Integer.BYTES);
            while (done < blockEnd) {
                int length = bigEndian(rest);
                Slice piece = rest.skip(Integer.BYTES).first(length);
                done += codec.decompress(piece.array(), piece.offset(), length, out, done, size - done);
                rest = rest.skip(Integer.BYTES + length);
            }
        }
        return done;
    }

    private static int bigEndian(Slice slice) {
        return Integer.reverseBytes(slice.leadingInt());
    }
}
