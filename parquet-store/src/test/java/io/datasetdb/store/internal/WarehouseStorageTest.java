// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseStorageTest {
    @TempDir
    Path folder;

    @Test
    void everySpellingOfTheRootIsTheSameWarehouse() throws Exception {
        Path root = folder.resolve("ware house");
        for (String spelling : List.of(root.toString(), "file:" + root, "file://" + root, root + "/")) {
            try (WarehouseStorage storage = WarehouseStorage.at(spelling)) {
                assertThat(storage.uri("a/b.parquet")).isEqualTo("file://" + root + "/a/b.parquet");
                assertThat(storage.uri("")).isEqualTo("file://" + root);
            }
        }
        assertThat(Files.exists(root)).as("opening creates nothing").isFalse();
    }

    @Test
    void relativeRootIsBelowTheWorkingFolder() {
        try (WarehouseStorage storage = WarehouseStorage.at("warehouse")) {
            assertThat(storage.uri("x"))
                    .isEqualTo("file://" + Path.of("warehouse").toAbsolutePath() + "/x");
        }
    }

    @Test
    void uriOpensWhatItNames() {
        try (WarehouseStorage storage = WarehouseStorage.at(folder.toString())) {
            try (Storage.Output output = storage.create("a/1 %20 ü.bin")) {
                output.write(ByteBuffer.wrap(new byte[4]));
                output.commit();
            }
            try (Storage.Input input = storage.open(storage.uri("a/1 %20 ü.bin"))) {
                assertThat(input.size()).isEqualTo(4);
            }
        }
    }
}
