// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.ListingTable;
import io.datasetdb.udf.Rows;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table functions on the real store of a warehouse. */
class WarehouseFilesTest {
    @TempDir
    private Path folder;

    private void writeParquet(DatasetStore store, String subFolder, Field[] columns, Vector... vectors) {
        try (DatasetWriter writer = store.writer(subFolder, Schema.of(columns), WriteOptions.DEFAULT)) {
            writer.write(Batch.of(List.of(vectors), vectors[0].size()));
            writer.finish();
        }
    }

    @Test
    void parquetFilesOfDifferentAgesAreOneTable() {
        try (DatasetStore store = DatasetStore.open(folder.toString())) {
            Field a = Field.required("a", DataType.BIGINT);
            Field b = Field.of("b", DataType.VARCHAR);
            Vector numbers = VectorBuilder.vector(DataType.BIGINT, 1L, 2L);
            writeParquet(store, "p/1", new Field[] {a, b}, numbers, VectorBuilder.vector(DataType.VARCHAR, "x", null));
            writeParquet(store, "p/2", new Field[] {a}, numbers);
            BoundTable table = Rows.bind(store, "read_parquet", folder + "/p/**/*.parquet", Map.of());
            assertThat(table.rowCount()).isEqualTo(4);
            assertThat(Rows.all(table))
                    .isEqualTo(List.of(
                            List.of(1L, "x"),
                            Arrays.asList(2L, null),
                            Arrays.asList(1L, null),
                            Arrays.asList(2L, null)));
        }
    }

    @Test
    void listingsNameFilesThatCanBeRead() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("in %20/ü")).resolve("[a] b.txt"), "hello");
        Files.writeString(folder.resolve("n.csv"), "a,b\n1,x\n");
        Files.writeString(folder.resolve("n.json"), "{\"a\":1}\n");
        try (DatasetStore store = DatasetStore.open(folder.resolve("warehouse").toString())) {
            ListingTable listing = (ListingTable) Rows.bind(store, "list_storage", folder + "/in %20/**", Map.of());
            Object file = Rows.read(listing, ColumnPath.of("file")).get(0).get(0);
            FunctionLibrary library = FunctionLibrary.builtin(store);
            assertThat(Rows.call(Rows.function(library, "file_text", FileRow.TYPE), file))
                    .isEqualTo("hello");
            ListingTable again = (ListingTable) Rows.bind(store, "list_storage", listing.location(), Map.of());
            assertThat(again.fingerprint()).isEqualTo(listing.fingerprint());
            assertThat(Rows.all(Rows.bind(store, "read_csv", folder + "/n.csv", Map.of())))
                    .isEqualTo(List.of(List.of(1L, "x")));
            assertThat(Rows.all(Rows.bind(store, "read_json", "file://" + folder + "/n.json", Map.of())))
                    .isEqualTo(List.of(List.of(1L)));
        }
    }
}
