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
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists without NULLs, which are read by where they start, among lists with NULLs and empty ones, which are not. */
class WholeListsTest {
    private static final int BATCH = 1000;

    private static final Schema SCHEMA = Schema.of(
            Field.of("plain", DataType.array(DataType.REAL)),
            Field.of(
                    "rows", DataType.array(DataType.row(Field.of("x", DataType.REAL), Field.of("y", DataType.BIGINT)))),
            Field.of("inside", DataType.row(Field.of("list", DataType.array(DataType.REAL)))));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void listsReadBackWhetherPagesAreWholeOrNot(long seed) {
        Random random = new Random(seed);
        List<List<Object>> expected = new ArrayList<>();
        List<List<Object>> actual = new ArrayList<>();
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            List<DataFile> files;
            try (DatasetWriter writer =
                    store.writer("d/e", SCHEMA, new WriteOptions(codec(random), 30_000, 1L << 30))) {
                // pages have some thousand rows; two batches with holes stand between stretches of whole ones
                int holed = 1 + random.nextInt(20);
                for (int i = 0; i < 70; i++) {
                    Batch batch = batch(random, i % 25 == holed || i % 25 == holed + 1 ? 0.01 : 0);
                    StoredRows.addAll(batch, expected);
                    writer.write(batch);
                }
                files = writer.finish();
            }
            Scan scan = store.scan(
                    files.stream().map(DataFile::path).toList(),
                    SCHEMA,
                    ScanRequest.of(SCHEMA.fields().stream()
                            .map(field -> ColumnPath.of(field.name()))
                            .toList()));
            for (Scan.Split split : scan.splits()) {
                try (BatchSource source = scan.open(split)) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        StoredRows.addAll(batch, actual);
                    }
                }
            }
        }
        assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("seed %d, row %d", seed, i).isEqualTo(expected.get(i));
        }
    }

    private static WriteOptions.Codec codec(Random random) {
        return WriteOptions.Codec.values()[random.nextInt(WriteOptions.Codec.values().length)];
    }

    private static Batch batch(Random random, double holes) {
        List<Vector> columns = new ArrayList<>();
        for (Field field : SCHEMA.fields()) {
            VectorBuilder builder = VectorBuilder.of(field.type(), BATCH);
            for (int i = 0; i < BATCH; i++) {
                Object value = value(field.type(), random, holes);
                if (value == null) {
                    builder.appendNull();
                } else {
                    builder.append(value);
                }
            }
            columns.add(builder.build());
        }
        return Batch.of(columns, BATCH);
    }

    private static Object value(DataType type, Random random, double holes) {
        if (random.nextDouble() < holes) {
            return null;
        }
        if (type instanceof DataType.Array array) {
            List<Object> list = new ArrayList<>();
            int length = random.nextDouble() < holes ? 0 : 1 + random.nextInt(40);
            for (int i = 0; i < length; i++) {
                list.add(value(array.element(), random, holes));
            }
            return list;
        }
        if (type instanceof DataType.Row row) {
            List<Object> fields = new ArrayList<>();
            row.fields().forEach(field -> fields.add(value(field.type(), random, holes)));
            return fields;
        }
        return type.kind() == DataType.Kind.REAL ? (Object) random.nextFloat() : (Object) random.nextLong();
    }
}
