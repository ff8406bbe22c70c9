// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are no warehouses, or no longer. */
class ForeignFoldersTest {
    @TempDir
    Path folder;

    @Test
    void aFolderOfOtherFilesIsRefusedAndLeftAlone() throws Exception {
        Path place = Files.createDirectories(folder.resolve("photos"));
        Files.writeString(place.resolve("cat.jpg"), "a cat");
        assertRefused(place, "55000", "Cannot open warehouse: the folder holds other files (" + place + ")");
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files).containsExactly(place.resolve("cat.jpg"));
        }
    }

    @Test
    void aFileIsRefused() throws Exception {
        Path place = Files.writeString(folder.resolve("file"), "text");
        assertRefused(place, "55000", "Cannot open warehouse: it is not a folder (" + place + ")");
        Path below = place.resolve("warehouse");
        assertRefused(below, "55000", "Cannot open warehouse: a part of its path is a file (" + below + ")");
    }

    @Test
    void aRegistryThatIsNoDatabaseIsRefused() throws Exception {
        Path place = warehouse();
        Files.writeString(place.resolve("registry.db"), "this is not a database, whatever its name says\n".repeat(100));
        assertRefused(
                place,
                "XX001",
                "Cannot open warehouse: the registry is damaged, [SQLITE_NOTADB] File opened that is not a database file "
                        + "(file is not a database) (" + place + ")");
    }

    @Test
    void aRegistryThatIsCutOffIsRefused() throws Exception {
        Path place = warehouse();
        Path database = place.resolve("registry.db");
        byte[] bytes = Files.readAllBytes(database);
        Files.write(database, java.util.Arrays.copyOf(bytes, bytes.length / 3));
        Failure failure = Failure.expect(() -> {
            try (Warehouse warehouse = Warehouse.open(place)) {
                warehouse.rows("SELECT * FROM small");
            }
        });
        assertThat(failure.message()).contains("the registry is damaged").contains(place.toString());
        assertThat(failure.sqlState()).isEqualTo("XX001");
    }

    @Test
    void aWarehouseThatHasLostItsRegistryIsRefused() throws Exception {
        Path place = warehouse();
        Files.delete(place.resolve("registry.db"));
        assertRefused(
                place,
                "XX001",
                "Cannot open warehouse: it has data but its registry.db is missing or empty (" + place + ")");
        assertThat(place.resolve("registry.db")).doesNotExist();
    }

    @Test
    void aWarehouseOfANewerReleaseIsRefused() throws Exception {
        Path place = warehouse();
        Files.writeString(place.resolve("WAREHOUSE"), "DatasetDB warehouse, format 2\n");
        assertRefused(
                place,
                "0A000",
                "Cannot open warehouse: a newer release made it, this one reads format 1 (" + place + ": 2)");
    }

    @Test
    void aMovedWarehouseIsStillItself() throws Exception {
        Path place = Files.move(warehouse(), folder.resolve("moved"));
        try (Warehouse warehouse = Warehouse.open(place)) {
            assertThat(warehouse.rows("SELECT * FROM small")).isEqualTo(List.of("1"));
            assertThat(warehouse.deposit("CREATE OR REPLACE DATASET small AS SELECT n + 1 AS n FROM small"))
                    .isEqualTo("main.public.small@1.0.1");
        }
    }

    /** A warehouse with one deposit, closed. */
    private Path warehouse() throws SQLException {
        Path place = folder.resolve("warehouse");
        try (Warehouse warehouse = Warehouse.open(place)) {
            warehouse.deposit("CREATE DATASET small AS SELECT 1 AS n");
        }
        return place;
    }

    private static void assertRefused(Path place, String sqlState, String sentence) throws IOException {
        Failure failure = Failure.expect(() -> Warehouse.open(place).close());
        assertThat(failure.message()).isEqualTo(sentence);
        assertThat(failure.sqlState()).isEqualTo(sqlState);
    }
}
