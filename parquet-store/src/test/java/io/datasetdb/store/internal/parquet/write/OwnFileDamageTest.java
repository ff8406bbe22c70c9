// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.store.WriteOptions.Codec;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of ours of every type, damaged anywhere: right rows or one clear error, in little time and memory. */
class OwnFileDamageTest {
    private static final int FLIPS = 400;
    private static final long MAX_BYTES = 64L << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1, SNAPPY", "2, ZSTD", "3, UNCOMPRESSED"})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void damageIsFoundOrDoesNoHarm(long seed, Codec codec) throws Exception {
        RandomBatches batches = new RandomBatches(seed);
        Schema schema = batches.schema(7, 2);
        List<List<Object>> expected = new ArrayList<>();
        Path file;
        try (DatasetStore store = DatasetStore.open(folder.toString());
                DatasetWriter writer = store.writer("d", schema, new WriteOptions(codec, 40, 1L << 30))) {
            Batch batch = batches.batch(schema, 90);
            StoredRows.addAll(batch, expected);
            writer.write(batch);
            List<DataFile> files = writer.finish();
            file = folder.resolve(files.get(0).path());
        }
        byte[] content = Files.readAllBytes(file);
        int footer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(content.length - 8);
        int dataEnd = content.length - 8 - footer;
        assertThat(expected.equals(read(content, schema))).as("seed %d", seed).isTrue();
        Random random = new Random(seed);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = content.clone();
            int position = 4 + random.nextInt(content.length - 4);
            damaged[position] ^= (byte) (1 << random.nextInt(8));
            List<List<Object>> actual = read(damaged, schema);
            if (actual != null && position < dataEnd) {
                assertThat(actual.equals(expected))
                        .as("seed %d, byte %d", seed, position)
                        .isTrue();
            }
            int length = random.nextInt(content.length);
            assertThat(read(Arrays.copyOf(content, length), schema))
                    .as("seed %d, cut at %d", seed, length)
                    .isNull();
        }
    }

    /** The rows, or {@code null} if the one error names the file. */
    private List<List<Object>> read(byte[] content, Schema schema) throws Exception {
        Path damaged = folder.resolve("damaged.parquet");
        Files.write(damaged, content);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        List<List<Object>> rows = new ArrayList<>();
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            List<ColumnPath> columns = schema.fields().stream()
                    .map(field -> ColumnPath.of(field.name()))
                    .toList();
            Scan scan = store.scan(List.of("damaged.parquet"), schema, ScanRequest.of(columns));
            for (Scan.Split split : scan.splits()) {
                try (BatchSource source = scan.open(split)) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        StoredRows.addAll(batch, rows);
                    }
                }
            }
            return rows;
        } catch (DatasetDbException e) {
            assertThat(e).hasMessageStartingWith("Cannot ").hasMessageContaining("damaged.parquet");
            assertThat(e.getMessage().lines()).hasSize(1);
            return null;
        } finally {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_BYTES);
        }
    }
}
