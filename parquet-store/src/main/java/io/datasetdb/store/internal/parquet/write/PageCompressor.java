// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import com.github.luben.zstd.Zstd;
import io.datasetdb.store.WriteOptions.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Compresses pages. */
final class PageCompressor {
    private static final int ZSTD_LEVEL = 3;

    private final Codec codec;

    PageCompressor(Codec codec) {
        this.codec = codec;
    }

    /** The codec's name in the format. */
    CompressionCodec format() {
        return switch (codec) {
            case UNCOMPRESSED -> CompressionCodec.UNCOMPRESSED;
            case SNAPPY -> CompressionCodec.SNAPPY;
            case ZSTD -> CompressionCodec.ZSTD;
        };
    }

    /** Appends the compressed form of {@code length} bytes to {@code target}; nothing if there is no compression. */
    void compress(byte[] source, int from, int length, ByteSink target) {
        switch (codec) {
            case UNCOMPRESSED -> {}
            case SNAPPY -> {
                target.reserve(Snappy.maxCompressedLength(length));
                try {
                    target.advance(Snappy.compress(source, from, length, target.array(), target.size()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case ZSTD -> {
                target.reserve((int) Zstd.compressBound(length));
                int room = target.array().length - target.size();
                target.advance((int)
                        Zstd.compressByteArray(target.array(), target.size(), room, source, from, length, ZSTD_LEVEL));
            }
        }
    }
}
