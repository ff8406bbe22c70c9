// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.store.internal.LocalStorage;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Times the deposit of a million rows of a listing. Run by hand: arguments are a folder on a real disk and the number of
 * rounds.
 */
public final class ListingBenchmark {
    private static final int ROWS = 1_000_000;

    static final DataType FILE = DataType.row(
            Field.of("source", DataType.VARCHAR),
            Field.of("path", DataType.VARCHAR),
            Field.of("size", DataType.BIGINT),
            Field.of("version", DataType.VARCHAR),
            Field.of("etag", DataType.VARCHAR),
            Field.of("is_latest", DataType.BOOLEAN),
            Field.of("last_modified", DataType.TIMESTAMP));

    private ListingBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        List<Batch> batches = batches();
        LocalStorage storage = new LocalStorage(folder);
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            List<DataFile> files;
            try (DatasetWriter writer = new ParquetDatasetWriter(
                    storage, "run" + round, Schema.of(Field.of("file", FILE)), WriteOptions.DEFAULT)) {
                for (Batch batch : batches) {
                    writer.write(batch);
                }
                files = writer.finish();
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            long cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart) / 1_000_000;
            System.out.println("round " + round + ": " + millis + " ms, " + cpu + " ms of this thread's time, "
                    + files.get(0).byteSize() + " bytes");
            if (round == rounds - 1) {
                files.get(0).statistics().forEach(System.out::println);
            } else {
                storage.delete("run" + round);
            }
        }
    }

    static List<Batch> batches() {
        Random random = new Random(42);
        List<Batch> result = new ArrayList<>();
        HexFormat hex = HexFormat.of();
        byte[] digest = new byte[16];
        for (int start = 0; start < ROWS; start += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, ROWS - start);
            VectorBuilder path = VectorBuilder.of(DataType.VARCHAR, count);
            VectorBuilder etag = VectorBuilder.of(DataType.VARCHAR, count);
            VectorBuilder source = VectorBuilder.of(DataType.VARCHAR, count);
            VectorBuilder version = VectorBuilder.of(DataType.VARCHAR, count);
            long[] size = new long[count];
            long[] modified = new long[count];
            boolean[] latest = new boolean[count];
            for (int i = 0; i < count; i++) {
                int row = start + i;
                random.nextBytes(digest);
                source.append("s3://bucket");
                path.append(("images/train/" + (row / 1000) + "/n" + String.format("%08d", row) + "_"
                                + random.nextInt(100_000) + ".jpg")
                        .getBytes(StandardCharsets.UTF_8));
                version.append("");
                etag.append(hex.formatHex(digest));
                size[i] = 10_000 + random.nextInt(4_000_000);
                modified[i] = 1_700_000_000_000_000L + random.nextInt(2_000_000_000) * 1_000L;
                latest[i] = true;
            }
            List<Vector> fields = List.of(
                    source.build(),
                    path.build(),
                    new LongVector(DataType.BIGINT, count, size, null),
                    version.build(),
                    etag.build(),
                    new BooleanVector(DataType.BOOLEAN, count, latest, null),
                    new LongVector(DataType.TIMESTAMP, count, modified, null));
            result.add(Batch.of(List.of(new RowVector(FILE, count, fields, null)), count));
        }
        return result;
    }
}
