// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of files that are not as they were written: right rows or one clear error, in little time and memory.
 */
class DamageTest {
    private static final long MAX_BYTES = 48L << 20;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message m {
              required int64 id;
              optional binary name (STRING);
              optional double price;
              optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
            }
            """);

    @TempDir
    private Path folder;

    private byte[] file(WriterVersion version, CompressionCodecName codec, boolean dictionary) throws IOException {
        Path path = folder.resolve("small.parquet");
        Random random = new Random(3);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withWriterVersion(version)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(dictionary)
                .withPageRowCountLimit(25)
                .build()) {
            for (int i = 0; i < 40; i++) {
                Group row = new SimpleGroup(SCHEMA);
                row.add("id", 1000L + i * i);
                if (random.nextInt(4) != 0) {
                    row.add("name", "name " + random.nextInt(6));
                }
                if (random.nextInt(4) != 0) {
                    row.add("price", random.nextInt(100) / 4.0);
                }
                Group tags = row.addGroup("tags");
                for (int j = random.nextInt(3); j > 0; j--) {
                    tags.addGroup(0).add(0, "tag" + j);
                }
                writer.write(row);
            }
        }
        byte[] content = Files.readAllBytes(path);
        Files.delete(path);
        return content;
    }

    private static @Nullable List<List<@Nullable Object>> read(byte[] content, Schema schema, ScanRequest request) {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("damaged.parquet", content);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            return ScanRows.read(storage, List.of("damaged.parquet"), schema, request);
        } catch (DatasetDbException e) {
            assertThat(e).hasMessageStartingWith("Cannot read ").hasMessageContaining("damaged.parquet");
            assertThat(e.getMessage().lines()).hasSize(1);
            return null;
        } finally {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_BYTES);
            assertThat(storage.open).hasValue(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PARQUET_1_0, UNCOMPRESSED, true",
        "PARQUET_1_0, SNAPPY, false",
        "PARQUET_1_0, GZIP, true",
        "PARQUET_2_0, UNCOMPRESSED, false",
        "PARQUET_2_0, ZSTD, true",
        "PARQUET_2_0, LZ4_RAW, false"
    })
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void everyFlippedByteOfPagesIsFoundAndNoneOfTheFooterDoesHarm(
            WriterVersion version, CompressionCodecName codec, boolean dictionary) throws IOException {
        byte[] content = file(version, codec, dictionary);
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("good.parquet", content);
        FileFooter footer = new FooterCache(0).get(storage, "good.parquet");
        ScanRequest request = ScanRows.request(footer.schema(), null);
        List<List<@Nullable Object>> expected = read(content, footer.schema(), request);
        assertThat(expected).hasSize(40);
        for (int position = 4; position < content.length; position++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                byte[] damaged = content.clone();
                damaged[position] ^= (byte) flip;
                List<List<@Nullable Object>> actual = read(damaged, footer.schema(), request);
                if (actual != null && position < footer.dataEnd()) {
                    // The footer has no checksum of its own: only a file's tells that a name in it has changed.
                    RowAssert.assertSameRows("byte " + position + " ^ " + flip, actual, expected);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PARQUET_1_0, SNAPPY, true", "PARQUET_2_0, UNCOMPRESSED, false"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void everyTruncationIsFound(WriterVersion version, CompressionCodecName codec, boolean dictionary)
            throws IOException {
        byte[] content = file(version, codec, dictionary);
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("good.parquet", content);
        Schema schema = ScanRows.schema(storage, "good.parquet");
        for (int length = 0; length < content.length; length++) {
            assertThat(read(Arrays.copyOf(content, length), schema, ScanRows.request(schema, null)))
                    .as("length " + length)
                    .isNull();
        }
    }

    /** A page that calls itself an index is not passed over: behind it comes a page of another column. */
    @Test
    void pageOfValuesThatCallsItselfAnotherIsMalformed() throws IOException {
        byte[] content = file(WriterVersion.PARQUET_2_0, CompressionCodecName.UNCOMPRESSED, false);
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("good.parquet", content);
        Schema schema = ScanRows.schema(storage, "good.parquet");
        // Field 1 of the first header, a DATA_PAGE_V2, becomes an INDEX_PAGE and a kind yet unknown.
        assertThat(content).startsWith('P', 'A', 'R', '1', 0x15, 0x06);
        for (int type : new int[] {1, 4, 9}) {
            content[5] = (byte) (2 * type);
            storage.put("damaged.parquet", content);
            DatasetDbException error = catchThrowableOfType(
                    DatasetDbException.class,
                    () -> ScanRows.read(storage, List.of("damaged.parquet"), schema, ScanRows.request(schema, null)));
            assertThat(error.code()).isEqualTo(StoreError.FILE_DAMAGED);
            assertThat(error).hasMessageContaining("a page's header is malformed");
        }
    }

    private static DatasetDbException failure(byte[] content) {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("/data/x.parquet", content);
        return catchThrowableOfType(DatasetDbException.class, () -> ScanRows.schema(storage, "/data/x.parquet"));
    }

    @Test
    void anotherFormatIsNotParquet() {
        DatasetDbException error = failure("id,name\n1,one\n2,two\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(error.code()).isEqualTo(StoreError.NOT_PARQUET);
        assertThat(error).hasMessage("Cannot read /data/x.parquet: it is not a Parquet file");
    }

    @Test
    void emptyFileIsNotParquet() {
        DatasetDbException error = failure(new byte[0]);
        assertThat(error.code()).isEqualTo(StoreError.NOT_PARQUET);
        assertThat(error).hasMessage("Cannot read /data/x.parquet: it is too short (0 bytes)");
    }

    @Test
    void fileCutOffIsDamaged() throws IOException {
        byte[] content = file(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true);
        DatasetDbException error = failure(Arrays.copyOf(content, content.length - 100));
        assertThat(error.code()).isEqualTo(StoreError.FILE_DAMAGED);
        assertThat(error).hasMessage("Cannot read /data/x.parquet: it does not end as a Parquet file does");
    }

    @Test
    void encryptedFooterIsUnsupported() {
        DatasetDbException error = failure("PARE............PARE".getBytes(StandardCharsets.US_ASCII));
        assertThat(error.code()).isEqualTo(StoreError.UNSUPPORTED_FILE);
        assertThat(error).hasMessage("Cannot read /data/x.parquet: its footer is encrypted");
    }
}
