// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

/** Prints CPU nanoseconds per row of each column kind and layout, one thread, from memory; not a test. */
final class DecodeBenchmark {
    private static final int ROWS = 1_000_000;
    private static final int RUNS = 9;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
        message m {
          required int32 int_small;
          required int64 long_random;
          optional int64 long_sorted_nullable;
          optional int64 long_tenth_null;
          required double double_random;
          optional fixed_len_byte_array(16) decimal_38 (DECIMAL(38,2));
          required binary string_40 (STRING);
          optional binary string_few (STRING);
          optional group list (LIST) { repeated group list { optional float element; } }
        }
        """);

    /** CPU time, so that a busy machine does not count. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private DecodeBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("decode");
        try {
            for (WriterVersion version : WriterVersion.values()) {
                for (boolean dictionary : new boolean[] {true, false}) {
                    for (CompressionCodecName codec : List.of(
                            CompressionCodecName.UNCOMPRESSED,
                            CompressionCodecName.SNAPPY,
                            CompressionCodecName.ZSTD)) {
                        Path file = folder.resolve("x.parquet");
                        write(file, version, dictionary, codec);
                        System.out.println(version + " dictionary=" + dictionary + " " + codec + " "
                                + Files.size(file) / 1024 + " KiB");
                        measure(file);
                        Files.delete(file);
                    }
                }
            }
        } finally {
            Files.delete(folder);
        }
    }

    private static void write(Path file, WriterVersion version, boolean dictionary, CompressionCodecName codec)
            throws IOException {
        Random random = new Random(1);
        String filler = "abcdefghijklmnopqrstuvwxyzabcdefghijklmn";
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withWriterVersion(version)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(dictionary)
                .withRowGroupSize(64L << 20)
                .build()) {
            for (int i = 0; i < ROWS; i++) {
                Group group = new SimpleGroup(SCHEMA);
                group.add(0, random.nextInt(50));
                group.add(1, random.nextLong());
                group.add(2, i * 3L + random.nextInt(3));
                if (random.nextInt(10) != 0) {
                    group.add(3, (long) random.nextInt(1_000_000));
                }
                group.add(4, random.nextDouble());
                byte[] decimal = new byte[16];
                random.nextBytes(decimal);
                Arrays.fill(decimal, 0, 6, (byte) 0);
                group.add(5, org.apache.parquet.io.api.Binary.fromConstantByteArray(decimal));
                String text = filler + random.nextInt(1_000_000_000);
                group.add(6, text.substring(text.length() - 40));
                group.add(7, "value " + random.nextInt(20));
                Group list = group.addGroup(8);
                for (int j = 0; j < 4; j++) {
                    list.addGroup(0).add(0, random.nextFloat());
                }
                writer.write(group);
            }
        }
    }

    private static void measure(Path file) throws IOException {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        storage.put("x", Files.readAllBytes(file));
        Schema schema = ScanRows.schema(storage, "x");
        FooterCache footers = new FooterCache(1);
        for (Field field : schema.fields()) {
            long[] nanos = new long[RUNS];
            for (int run = 0; run < RUNS; run++) {
                long start = CPU.getCurrentThreadCpuTime();
                long rows = 0;
                Scan scan = new ParquetScan(
                        storage,
                        footers,
                        new ColumnCache(0),
                        List.of("x"),
                        schema,
                        ScanRequest.of(List.of(ColumnPath.of(field.name()))));
                for (Scan.Split split : scan.splits()) {
                    try (BatchSource source = scan.open(split)) {
                        for (Batch batch = source.next(); batch != null; batch = source.next()) {
                            rows += batch.rowCount();
                        }
                    }
                }
                nanos[run] = (CPU.getCurrentThreadCpuTime() - start) * 100 / rows;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "  %-24s %6.2f min %6.2f median ns/row%n", field.name(), nanos[0] / 100.0, nanos[RUNS / 2] / 100.0);
        }
    }
}
