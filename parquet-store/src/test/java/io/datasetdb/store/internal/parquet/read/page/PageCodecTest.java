// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lzo.LzoCompressor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.io.ParquetDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageCodecTest {
    private static final String TEXT =
            "to be or not to be, to be or not to be, that is the question, to be or not to be";

    private static Slice slice(byte[] content) {
        return new Slice(Arrays.copyOf(content, content.length + Slice.SLACK), 0, content.length);
    }

    private static String text(PageCodec codec, byte[] page, int size) throws IOException {
        byte[] out = new byte[size];
        assertThat(codec.decompress(slice(page), out, size)).isEqualTo(size);
        return new String(out, StandardCharsets.US_ASCII);
    }

    private static byte[] compress(Compressor compressor, String text) {
        byte[] input = text.getBytes(StandardCharsets.US_ASCII);
        byte[] output = new byte[compressor.maxCompressedLength(input.length)];
        return Arrays.copyOf(output, compressor.compress(input, 0, input.length, output, 0, output.length));
    }

    /** Blocks of pieces, as Hadoop's streams write them. */
    private static byte[] framed(Compressor compressor, String[]... blocks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (String[] block : blocks) {
            out.writeInt(String.join("", block).length());
            for (String piece : block) {
                byte[] compressed = compress(compressor, piece);
                out.writeInt(compressed.length);
                out.write(compressed);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void hadoopsFramesOfOneOrManyPiecesAndBlocksDecompress() throws IOException {
        String[][] layout = {{TEXT, TEXT + TEXT}, {TEXT}, {"!"}};
        String all = TEXT + TEXT + TEXT + TEXT + "!";
        assertThat(text(PageCodec.LZ4, framed(new Lz4Compressor(), layout), all.length()))
                .isEqualTo(all);
        assertThat(text(PageCodec.LZO, framed(new LzoCompressor(), layout), all.length()))
                .isEqualTo(all);
    }

    @Test
    void blocksWithoutFramesDecompress() throws IOException {
        assertThat(text(PageCodec.LZ4, compress(new Lz4Compressor(), TEXT), TEXT.length()))
                .isEqualTo(TEXT);
        assertThat(text(PageCodec.LZ4_RAW, compress(new Lz4Compressor(), TEXT), TEXT.length()))
                .isEqualTo(TEXT);
    }

    @Test
    void gzipMembersAreConcatenated() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(TEXT.getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(text(PageCodec.GZIP, bytes.toByteArray(), 3 * TEXT.length())).isEqualTo(TEXT + TEXT + TEXT);
        byte[] out = new byte[TEXT.length()];
        assertThat(PageCodec.GZIP.decompress(slice(bytes.toByteArray()), out, out.length))
                .as("a page that goes on is as wrong as one that ends early")
                .isNotEqualTo(out.length);
    }

    @Test
    void brotliDecompresses() throws IOException {
        byte[] page = HexFormat.of()
                .parseHex(
                        "1b4f00608cd365f6d3098d1a844e8e65bf89b995850d38708a21d100171d267240718b0ef41f8dbbb02724c3e9ed45450a");
        assertThat(text(PageCodec.BROTLI, page, TEXT.length())).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(PageCodec.class)
    void noiseFailsOrComesOutAtAnotherSize(PageCodec codec) {
        byte[] noise = new byte[100];
        Arrays.fill(noise, (byte) 0xf3);
        byte[] out = new byte[1000];
        int size;
        try {
            size = codec.decompress(slice(noise), out, 1000);
        } catch (IOException | RuntimeException e) {
            size = -1;
        }
        assertThat(size).isNotEqualTo(1000);
    }

    @Test
    void sizesThatNoPageCanHaveAreRefusedBeforeMemoryIsTaken() {
        assertThatExceptionOfType(ParquetDecodingException.class)
                .isThrownBy(() -> PageCodec.SNAPPY.checkSize(slice(new byte[100]), 1 << 30))
                .withMessage("a page of 100 bytes cannot decompress to 1073741824 bytes");
        PageCodec.SNAPPY.checkSize(slice(new byte[100]), 2000);
    }
}
