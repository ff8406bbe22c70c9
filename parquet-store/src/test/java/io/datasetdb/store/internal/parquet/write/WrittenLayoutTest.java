// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.store.WriteOptions.Codec;
import io.datasetdb.store.internal.LocalStorage;
import io.datasetdb.store.internal.parquet.ParquetSchemas;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.BoundaryOrder;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encodings, indexes, filters and statistics of the files we write. */
class WrittenLayoutTest {
    private static final int ROWS = 60_000;

    private static final Schema SCHEMA = Schema.of(
            Field.required("sorted", DataType.BIGINT),
            Field.of("random", DataType.BIGINT),
            Field.of("few", DataType.INTEGER),
            Field.of("key", DataType.VARCHAR),
            Field.of("word", DataType.VARCHAR),
            Field.of("path", DataType.VARCHAR),
            Field.of("price", DataType.decimal(12, 2)),
            Field.of("ratio", DataType.DOUBLE),
            Field.of("flag", DataType.BOOLEAN),
            Field.of("id", DataType.UUID),
            Field.of("tags", DataType.array(DataType.VARCHAR)));

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final long[] randoms = random.longs(ROWS).toArray();

    private DataFile write() {
        List<Vector> columns = new ArrayList<>();
        List<IntFunction<Object>> values = List.of(
                i -> (long) i * 3,
                i -> randoms[i],
                i -> i % 10 == 0 ? null : random.nextInt(100),
                this::key,
                i -> "word " + i % 50,
                i -> "images/2026/11/22/" + (1_000_000 + i) + ".jpg",
                i -> BigDecimal.valueOf(random.nextInt(10_000_000), 2),
                i -> random.nextDouble(),
                i -> i < ROWS / 2,
                i -> new UUID(random.nextLong(), random.nextLong()),
                i -> i % 4 == 0 ? null : List.of("a", "b" + i));
        for (int column = 0; column < SCHEMA.size(); column++) {
            VectorBuilder builder = VectorBuilder.of(SCHEMA.field(column).type(), ROWS);
            for (int i = 0; i < ROWS; i++) {
                builder.append(values.get(column).apply(i));
            }
            columns.add(builder.build());
        }
        WriteOptions options = new WriteOptions(Codec.SNAPPY, 40_000, 1L << 30);
        try (DatasetWriter writer = new ParquetDatasetWriter(new LocalStorage(folder), "d", SCHEMA, options)) {
            writer.write(Batch.of(columns, ROWS));
            List<DataFile> files = writer.finish();
            assertThat(files).hasSize(1);
            return files.get(0);
        }
    }

    private String key(int i) {
        return Long.toHexString(randoms[i] * 31) + "-key";
    }

    private ParquetFileReader open(DataFile file) throws Exception {
        return ParquetFileReader.open(new LocalInputFile(folder.resolve(file.path())));
    }

    @Test
    void encodingsSuitTheValues() throws Exception {
        try (ParquetFileReader reader = open(write())) {
            assertThat(reader.getFileMetaData().getCreatedBy()).startsWith("datasetdb version ");
            assertThat(reader.getFileMetaData().getSchema()).isEqualTo(ParquetSchemas.toMessageType(SCHEMA));
            assertThat(reader.getRowGroups())
                    .extracting(BlockMetaData::getRowCount)
                    .containsExactly(40_000L, 20_000L);
            List<ColumnChunkMetaData> columns = reader.getRowGroups().get(0).getColumns();
            List<Encoding> expected = List.of(
                    Encoding.DELTA_BINARY_PACKED,
                    Encoding.DELTA_BINARY_PACKED,
                    Encoding.RLE_DICTIONARY,
                    Encoding.DELTA_LENGTH_BYTE_ARRAY,
                    Encoding.RLE_DICTIONARY,
                    Encoding.DELTA_BYTE_ARRAY,
                    Encoding.DELTA_BINARY_PACKED,
                    Encoding.PLAIN,
                    Encoding.RLE,
                    Encoding.PLAIN);
            for (int i = 0; i < expected.size(); i++) {
                ColumnChunkMetaData column = columns.get(i);
                assertThat(column.getEncodingStats().getDataEncodings())
                        .as(column.getPath().toDotString())
                        .containsExactly(expected.get(i));
                assertThat(column.getEncodingStats().usesV2Pages()).isTrue();
            }
        }
    }

    @Test
    void pagesHaveIndexes() throws Exception {
        try (ParquetFileReader reader = open(write())) {
            for (BlockMetaData rowGroup : reader.getRowGroups()) {
                for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                    String name = column.getPath().toDotString();
                    ColumnIndex index = reader.readColumnIndex(column);
                    assertThat(index).as(name).isNotNull();
                    int pages = reader.readOffsetIndex(column).getPageCount();
                    assertThat(index.getMinValues()).as(name).hasSize(pages);
                    assertThat(pages).as(name).isEqualTo((int) ((rowGroup.getRowCount() + 20_479) / 20_480));
                }
                ColumnIndex sorted =
                        reader.readColumnIndex(rowGroup.getColumns().get(0));
                assertThat(sorted.getBoundaryOrder()).isEqualTo(BoundaryOrder.ASCENDING);
            }
            ColumnIndex nulls = reader.readColumnIndex(
                    reader.getRowGroups().get(0).getColumns().get(2));
            assertThat(nulls.getNullCounts()).containsExactly(2048L, 1952L);
        }
    }

    @Test
    void likelyKeysHaveBloomFilters() throws Exception {
        try (ParquetFileReader reader = open(write())) {
            List<ColumnChunkMetaData> columns = reader.getRowGroups().get(0).getColumns();
            List<String> filtered = new ArrayList<>();
            for (ColumnChunkMetaData column : columns) {
                if (reader.readBloomFilter(column) != null) {
                    filtered.add(column.getPath().toDotString());
                }
            }
            assertThat(filtered).containsExactly("random", "key", "price", "id");
            BloomFilter numbers = reader.readBloomFilter(columns.get(1));
            BloomFilter keys = reader.readBloomFilter(columns.get(3));
            int wrong = 0;
            for (int i = 0; i < 40_000; i++) {
                assertThat(numbers.findHash(numbers.hash(randoms[i])))
                        .as("value " + i)
                        .isTrue();
                assertThat(keys.findHash(keys.hash(Binary.fromString(key(i)))))
                        .as("key " + i)
                        .isTrue();
                wrong += keys.findHash(keys.hash(Binary.fromString("absent " + i))) ? 1 : 0;
            }
            assertThat(wrong).as("false positives of 40000").isLessThan(1600);
        }
    }

    @Test
    void filtersOfOthersFindEveryRow() throws Exception {
        Path file = folder.resolve(write().path());
        List<List<Object>> all = StoredRows.read(file, SCHEMA);
        for (int i = 0; i < 20; i++) {
            int row = random.nextInt(ROWS);
            long sorted = row * 3L;
            assertThat(find(file, FilterApi.eq(FilterApi.longColumn("sorted"), sorted)))
                    .containsExactly(all.get(row));
            assertThat(find(file, FilterApi.eq(FilterApi.longColumn("random"), randoms[row])))
                    .containsExactly(all.get(row));
            assertThat(find(file, FilterApi.eq(FilterApi.binaryColumn("key"), Binary.fromString(key(row)))))
                    .containsExactly(all.get(row));
            Object word = all.get(row).get(4);
            assertThat(find(file, FilterApi.eq(FilterApi.binaryColumn("word"), Binary.fromString((String) word))))
                    .hasSize(ROWS / 50);
            assertThat(find(file, FilterApi.gtEq(FilterApi.longColumn("sorted"), sorted)))
                    .hasSize(ROWS - row);
        }
    }

    private static List<List<Object>> find(Path file, FilterPredicate predicate) throws Exception {
        return StoredRows.read(file, SCHEMA, FilterCompat.get(predicate));
    }

    @Test
    void statisticsDescribeTheColumns() {
        DataFile file = write();
        assertThat(file.statistics())
                .extracting(s -> s.column().toString())
                .containsExactly(
                        "sorted", "random", "few", "key", "word", "path", "price", "ratio", "flag", "id", "tags");
        ColumnStatistics sorted = file.statistics().get(0);
        assertThat(sorted.nullCount()).isZero();
        assertThat(sorted.min()).isEqualTo(0L);
        assertThat(sorted.max()).isEqualTo(3L * (ROWS - 1));
        assertThat((double) sorted.distinctEstimate()).isBetween(ROWS * 0.95, ROWS * 1.05);
        ColumnStatistics few = file.statistics().get(2);
        assertThat(few).isEqualTo(new ColumnStatistics(ColumnPath.of("few"), ROWS / 10, 0, 99, 100));
        ColumnStatistics word = file.statistics().get(4);
        assertThat(word).isEqualTo(new ColumnStatistics(ColumnPath.of("word"), 0, "word 0", "word 9", 50));
        ColumnStatistics flag = file.statistics().get(8);
        assertThat(flag).isEqualTo(new ColumnStatistics(ColumnPath.of("flag"), 0, false, true, 2));
        ColumnStatistics tags = file.statistics().get(10);
        assertThat(tags).isEqualTo(new ColumnStatistics(ColumnPath.of("tags"), ROWS / 4, null, null, -1));
    }

    @Test
    void longTextsAreBoundedByCutOnes() {
        Schema schema = Schema.of(Field.of("t", DataType.VARCHAR));
        String low = "a" + "ä".repeat(400);
        String high = "z" + "\uD83D\uDE00".repeat(400);
        try (DatasetWriter writer =
                new ParquetDatasetWriter(new LocalStorage(folder), "t", schema, WriteOptions.DEFAULT)) {
            writer.write(Batch.of(List.of(VectorBuilder.vector(DataType.VARCHAR, high, "m", low)), 3));
            ColumnStatistics statistics = writer.finish().get(0).statistics().get(0);
            assertThat((String) statistics.min())
                    .isLessThanOrEqualTo(low)
                    .startsWith("aää")
                    .hasSizeLessThan(300);
            assertThat((String) statistics.max())
                    .isGreaterThanOrEqualTo(high)
                    .startsWith("z")
                    .hasSizeLessThan(300);
        }
    }

    @Test
    void notANumberHidesTheRange() throws Exception {
        Schema schema = Schema.of(Field.of("x", DataType.DOUBLE), Field.of("y", DataType.REAL));
        List<Vector> columns = List.of(
                VectorBuilder.vector(DataType.DOUBLE, 1.0, Double.NaN, 3.0),
                VectorBuilder.vector(DataType.REAL, 0.0f, -0.0f, null));
        DataFile file;
        try (DatasetWriter writer =
                new ParquetDatasetWriter(new LocalStorage(folder), "n", schema, WriteOptions.DEFAULT)) {
            writer.write(Batch.of(columns, 3));
            file = writer.finish().get(0);
        }
        assertThat(file.statistics().get(0)).isEqualTo(new ColumnStatistics(ColumnPath.of("x"), 0, null, null, 3));
        try (ParquetFileReader reader = open(file)) {
            List<ColumnChunkMetaData> chunks = reader.getRowGroups().get(0).getColumns();
            assertThat(chunks.get(0).getStatistics().hasNonNullValue()).isFalse();
            assertThat(reader.readColumnIndex(chunks.get(0))).isNull();
            assertThat(chunks.get(1).getStatistics().genericGetMin()).isEqualTo(-0.0f);
            assertThat(chunks.get(1).getStatistics().genericGetMax()).isEqualTo(0.0f);
        }
    }

    @Test
    void nothingWrittenIsAFileWithTheSchema() throws Exception {
        DataFile file;
        try (DatasetWriter writer =
                new ParquetDatasetWriter(new LocalStorage(folder), "empty", SCHEMA, WriteOptions.DEFAULT)) {
            file = writer.finish().get(0);
        }
        assertThat(file.path()).isEqualTo("empty/part-00000.parquet");
        assertThat(file.rowCount()).isZero();
        assertThat(file.statistics()).allSatisfy(column -> {
            assertThat(column.min()).isNull();
            assertThat(column.nullCount()).isZero();
            assertThat(column.distinctEstimate()).isLessThanOrEqualTo(0);
        });
        try (ParquetFileReader reader = open(file)) {
            assertThat(reader.getRecordCount()).isZero();
            assertThat(reader.getFileMetaData().getSchema()).isEqualTo(ParquetSchemas.toMessageType(SCHEMA));
        }
        assertThat(DuckRows.read(List.of(folder.resolve(file.path())), SCHEMA)).isEmpty();
    }

    @Test
    void largeValuesEndRowGroupsEarly() throws Exception {
        Schema schema = Schema.of(Field.of("blob", DataType.VARBINARY));
        byte[] megabyte = new byte[1 << 20];
        random.nextBytes(megabyte);
        Vector blob = VectorBuilder.vector(DataType.VARBINARY, megabyte);
        DataFile file;
        try (DatasetWriter writer =
                new ParquetDatasetWriter(new LocalStorage(folder), "blobs", schema, WriteOptions.DEFAULT)) {
            writer.write(Batch.of(List.of(ConstantVector.of(blob, 200)), 200));
            file = writer.finish().get(0);
        }
        try (ParquetFileReader reader = open(file)) {
            assertThat(reader.getRowGroups()).hasSizeGreaterThan(2);
            assertThat(reader.getRecordCount()).isEqualTo(200);
        }
    }
}
