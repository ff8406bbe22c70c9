// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.lzo.LzoDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;
import org.brotli.dec.BrotliInputStream;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages, each codec through its own library rather than through Hadoop's, which takes long to start. None
 * writes past the announced size, and all fail when the page turns out to have another.
 */
enum PageCodec {
    SNAPPY(64) {
        @Override
        int decompress(Slice page, byte[] out, int size) throws IOException {
            // The native code trusts the size that the page itself begins with.
            int announced = Snappy.uncompressedLength(page.array(), page.offset(), page.length());
            return announced == size
                    ? Snappy.uncompress(page.array(), page.offset(), page.length(), out, 0)
                    : announced;
        }
    },
    GZIP(1100) {
        @Override
        int decompress(Slice page, byte[] out, int size) throws IOException {
            try (InputStream stream = new GZIPInputStream(stream(page), 1 << 13)) {
                return readAll(stream, out, size);
            }
        }
    },
    ZSTD(1 << 17) {
        @Override
        int decompress(Slice page, byte[] out, int size) {
            return (int) Zstd.decompressByteArray(out, 0, size, page.array(), page.offset(), page.length());
        }
    },
    BROTLI(1 << 20) {
        @Override
        int decompress(Slice page, byte[] out, int size) throws IOException {
            try (InputStream stream = new BrotliInputStream(stream(page))) {
                return readAll(stream, out, size);
            }
        }
    },
    LZ4_RAW(256) {
        @Override
        int decompress(Slice page, byte[] out, int size) {
            return new Lz4Decompressor().decompress(page.array(), page.offset(), page.length(), out, 0, size);
        }
    },
    /** In Hadoop's framing, or (from early versions of other writers) without. */
    LZ4(256) {
        @Override
        int decompress(Slice page, byte[] out, int size) {
            return HadoopFraming.decompress(new Lz4Decompressor(), page, out, size);
        }
    },
    LZO(256) {
        @Override
        int decompress(Slice page, byte[] out, int size) {
            return HadoopFraming.decompress(new LzoDecompressor(), page, out, size);
        }
    };

    /** An upper bound of the bytes that the codec can make out of one. */
    private final int maxExpansion;

    PageCodec(int maxExpansion) {
        this.maxExpansion = maxExpansion;
    }

    static PageCodec of(CompressionCodecName name) {
        return switch (name) {
            case SNAPPY -> SNAPPY;
            case GZIP -> GZIP;
            case ZSTD -> ZSTD;
            case BROTLI -> BROTLI;
            case LZ4_RAW -> LZ4_RAW;
            case LZ4 -> LZ4;
            case LZO -> LZO;
            case UNCOMPRESSED -> throw new IllegalArgumentException(name.name());
        };
    }

    /** Decompresses into {@code out} and returns the number of bytes that came out, or would have. */
    abstract int decompress(Slice page, byte[] out, int size) throws IOException;

    /** Fails if a page cannot possibly decompress to {@code size} bytes, before anyone allocates them. */
    void checkSize(Slice page, int size) {
        long possible = (page.length() + 16L) * maxExpansion;
        long limit = Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4);
        if (size > possible) {
            throw new ParquetDecodingException(
                    "a page of " + page.length() + " bytes cannot decompress to " + size + " bytes");
        }
        if (size > limit) {
            throw new ParquetDecodingException("a page is larger than a quarter of the memory (" + size + " bytes)");
        }
    }

    private static InputStream stream(Slice page) {
        return new ByteArrayInputStream(page.array(), page.offset(), page.length());
    }

    private static int readAll(InputStream stream, byte[] out, int size) throws IOException {
        int done = stream.readNBytes(out, 0, size);
        return done == size && stream.read() >= 0 ? size + 1 : done;
    }
}
