// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, our own scan, parquet-java and DuckDB read the same rows, and the statistics hold. */
class WriterRoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void othersReadWhatWasWritten(long seed) throws Exception {
        Random random = new Random(seed);
        Codec codec = Codec.values()[random.nextInt(Codec.values().length)];
        roundTrip(
                seed,
                new RandomBatches(seed).schema(6, 3),
                new WriteOptions(codec, 50 + random.nextInt(2000), 1L << (15 + random.nextInt(8))),
                1500);
    }

    /** Row groups of several pages. */
    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103})
    void othersReadManyPages(long seed) throws Exception {
        roundTrip(seed, new RandomBatches(seed).schema(2, 2), new WriteOptions(Codec.SNAPPY, 50_000, 1L << 30), 20_000);
    }

    /** Each type by itself, so that none is left to chance. */
    @ParameterizedTest
    @MethodSource("leaves")
    void othersReadEveryType(DataType type) throws Exception {
        Schema schema = Schema.of(
                Field.of("plain", type),
                Field.required("required", type),
                Field.of("list", DataType.array(type)),
                Field.of("map", DataType.map(DataType.VARCHAR, type)),
                Field.of("row", DataType.row(Field.of("x", type), Field.required("y", type))));
        roundTrip(type.sql().hashCode(), schema, WriteOptions.DEFAULT, 500);
    }

    /** The deepest nesting that is written at all. */
    @Test
    void deepestNestingReadsBack() throws Exception {
        DataType rows = DataType.BIGINT;
        DataType arrays = DataType.VARCHAR;
        for (int i = 0; i < 100; i++) {
            rows = DataType.row(Field.of("f", rows));
            arrays = i < 50 ? DataType.array(arrays) : arrays;
        }
        Schema schema = Schema.of(Field.of("rows", rows), Field.of("arrays", arrays));
        List<List<Object>> expected = new ArrayList<>();
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            List<DataFile> files;
            try (DatasetWriter writer = store.writer("d/e", schema, WriteOptions.DEFAULT)) {
                Batch batch = Batch.of(List.of(deepest(rows), deepest(arrays)), 2);
                StoredRows.addAll(batch, expected);
                writer.write(batch);
                files = writer.finish();
            }
            assertSame(scan(store, files, schema), expected, "own scan");
            assertSame(stored(store, files, schema), expected, "parquet-java");
        }
    }

    /** One value that goes all the way down, and a NULL. */
    private static Vector deepest(DataType type) {
        VectorBuilder builder = VectorBuilder.of(type, 2);
        Object value = type.kind() == DataType.Kind.ROW ? (Object) 7L : "leaf";
        for (DataType level = type; level.kind() == DataType.Kind.ROW || level.kind() == DataType.Kind.ARRAY; ) {
            value = List.of(value);
            level = level instanceof DataType.Array array
                    ? array.element()
                    : ((DataType.Row) level).fields().get(0).type();
        }
        builder.append(value);
        builder.appendNull();
        return builder.build();
    }

    static List<DataType> leaves() {
        return RandomBatches.LEAVES;
    }

    private void roundTrip(long seed, Schema schema, WriteOptions options, int maxRows) throws Exception {
        Random random = new Random(seed);
        RandomBatches source = new RandomBatches(seed + 1);
        List<List<Object>> expected = new ArrayList<>();
        List<DataFile> files;
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            try (DatasetWriter writer = store.writer("d/e", schema, options)) {
                for (int i = 0; i < 6; i++) {
                    Batch batch = source.batch(schema, 1 + random.nextInt(maxRows));
                    StoredRows.addAll(batch, expected);
                    writer.write(batch);
                }
                assertThat(writer.rowCount()).isEqualTo(expected.size());
                files = writer.finish();
            }
            String what = ", seed " + seed + ", " + schema;
            assertSame(scan(store, files, schema), expected, "own scan" + what);
            List<Path> paths =
                    files.stream().map(file -> folder.resolve(file.path())).toList();
            assertSame(stored(store, files, schema), expected, "parquet-java" + what);
            assertSame(DuckRows.read(paths, schema), expected, "DuckDB" + what);
        }
        StatisticsCheck.check(files, schema, expected, "seed " + seed);
    }

    private List<List<Object>> stored(DatasetStore store, List<DataFile> files, Schema schema) throws Exception {
        List<List<Object>> result = new ArrayList<>();
        for (DataFile file : files) {
            Path path = folder.resolve(file.path());
            List<List<Object>> rows = StoredRows.read(path, schema);
            result.addAll(rows);
            assertThat(file.rowCount()).isEqualTo(rows.size()).isEqualTo(store.rowCount(file.path()));
            assertThat(file.byteSize()).isEqualTo(Files.size(path));
            assertThat(store.schema(file.path())).isEqualTo(schema);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
            assertThat(file.checksum()).isEqualTo(HexFormat.of().formatHex(digest));
        }
        return result;
    }

    private static List<List<Object>> scan(DatasetStore store, List<DataFile> files, Schema schema) {
        List<ColumnPath> columns = schema.fields().stream()
                .map(field -> ColumnPath.of(field.name()))
                .toList();
        Scan scan = store.scan(files.stream().map(DataFile::path).toList(), schema, ScanRequest.of(columns));
        List<List<Object>> result = new ArrayList<>();
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    StoredRows.addAll(batch, result);
                }
            }
        }
        return result;
    }

    /** Row by row, since a message with all rows helps nobody. */
    private static void assertSame(List<List<Object>> actual, List<List<Object>> expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as(what + ", row " + i).isEqualTo(expected.get(i));
        }
    }
}
