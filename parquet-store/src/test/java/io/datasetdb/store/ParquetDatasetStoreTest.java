// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.VectorBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetDatasetStoreTest {
    private static final Schema SCHEMA =
            Schema.of(Field.required("id", DataType.BIGINT), Field.of("name", DataType.VARCHAR));

    @TempDir
    Path folder;

    @Test
    void fileIsFoundUnderEachOfItsNames() {
        try (DatasetStore store = DatasetStore.open(folder.toString());
                DatasetStore elsewhere =
                        DatasetStore.open(folder.resolve("other").toString())) {
            DataFile file = deposit(store, "ns/data set");
            assertThat(file.path()).isEqualTo("ns/data set/part-00000.parquet");
            String uri = store.uri(file.path());
            assertThat(uri).isEqualTo("file://" + folder.resolve(file.path()));
            assertThat(store.uri(uri)).isEqualTo(uri);
            assertThat(store.schema(file.path())).isEqualTo(SCHEMA);
            assertThat(elsewhere.schema(uri)).isEqualTo(SCHEMA);
            assertThat(elsewhere.rowCount(folder.resolve(file.path()).toString()))
                    .isEqualTo(3);
        }
    }

    @Test
    void scanReadsWhatTheWriterWrote() {
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            DataFile file = deposit(store, "d");
            Scan scan = store.scan(
                    List.of(file.path(), file.path()), SCHEMA, ScanRequest.of(List.of(ColumnPath.of("name"))));
            List<Object> names = new ArrayList<>();
            for (Scan.Split split : scan.splits()) {
                try (BatchSource source = scan.open(split)) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        for (int i = 0; i < batch.size(); i++) {
                            names.add(
                                    batch.column(0).getObject(batch.selection().position(i)));
                        }
                    }
                }
            }
            assertThat(names).containsExactly("one", null, "three", "one", null, "three");
        }
    }

    @Test
    void existingPartIsNeverOverwritten() {
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            DataFile file = deposit(store, "d");
            assertThatThrownBy(() -> deposit(store, "d"))
                    .isInstanceOf(DatasetDbException.class)
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(StoreError.FILE_EXISTS);
            assertThat(store.rowCount(file.path())).isEqualTo(3);
        }
    }

    @Test
    void otherFilesAreNamed() throws Exception {
        Files.writeString(folder.resolve("text.parquet"), "this is no Parquet file at all");
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            assertThatThrownBy(() -> store.schema("text.parquet"))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessageContaining("text.parquet")
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(StoreError.NOT_PARQUET);
            assertThatThrownBy(() -> store.rowCount("absent.parquet"))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessageContaining("absent.parquet")
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(StoreError.FILE_NOT_FOUND);
        }
    }

    private static DataFile deposit(DatasetStore store, String path) {
        try (DatasetWriter writer = store.writer(path, SCHEMA, WriteOptions.DEFAULT)) {
            writer.write(Batch.of(
                    List.of(
                            VectorBuilder.vector(DataType.BIGINT, 1L, 2L, 3L),
                            VectorBuilder.vector(DataType.VARCHAR, "one", null, "three")),
                    3));
            return writer.finish().get(0);
        }
    }
}
