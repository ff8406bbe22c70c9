// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what they were: the error names the file and, of a file of ours, the version that has lost it. */
class DamagedFilesTest {
    private static final long SEED = 7;
    private static final int FLIPS = 60;
    private static final String ROWS = "SELECT n, mixed, label, amount FROM victim";

    @TempDir
    Path folder;

    private Warehouse warehouse;
    private Path file;
    private List<String> rows;

    @BeforeEach
    void depositTwoVersions() throws SQLException {
        warehouse = Warehouse.open(folder.resolve("warehouse"));
        warehouse.deposit(Round.NUMBERS);
        warehouse.deposit(new Round(1, 1).sql("victim"));
        warehouse.deposit(new Round(1, 2).sql("victim"));
        file = warehouse.file("victim", "1.0.1");
        rows = warehouse.rows(ROWS);
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.close();
    }

    @Test
    void aTruncatedForeignFileIsNamed() throws Exception {
        Path copy = Files.copy(file, folder.resolve("copy.parquet"));
        byte[] bytes = Files.readAllBytes(copy);
        for (int length : new int[] {0, 3, 11, 12, 100, bytes.length / 2, bytes.length - 9, bytes.length - 1}) {
            Files.write(copy, Arrays.copyOf(bytes, length));
            Failure failure = warehouse.failureWithoutTrace(
                    "CREATE DATASET wrong AS SELECT * FROM TABLE(read_parquet('" + copy + "'))");
            assertThat(failure.message()).as("%d bytes", length).contains(copy.toString());
            assertThat(failure.sqlState()).as("%d bytes: %s", length, failure).isIn("22000", "XX001");
        }
    }

    @Test
    void aFlippedByteInAForeignFileIsFound() throws Exception {
        Path copy = Files.copy(file, folder.resolve("copy.parquet"));
        assertThat(warehouse.rows("SELECT n, mixed, label, amount FROM TABLE(read_parquet('" + copy + "'))"))
                .isEqualTo(rows);
        flip(copy, Files.size(copy) / 3);
        Failure failure = warehouse.failureWithoutTrace(
                "CREATE DATASET wrong AS SELECT * FROM TABLE(read_parquet('" + copy + "'))");
        assertThat(failure.message()).contains(copy.toString()).contains("checksum does not match");
        assertThat(failure.sqlState()).isEqualTo("XX001");
    }

    @Test
    void aFileThatIsNotParquetIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.parquet"), "n,label\n1,x\n".repeat(10));
        Failure failure = warehouse.failureWithoutTrace(
                "CREATE DATASET wrong AS SELECT * FROM TABLE(read_parquet('" + text + "'))");
        assertThat(failure.message()).isEqualTo("Cannot read " + text + ": it is not a Parquet file");
        assertThat(failure.sqlState()).isEqualTo("22000");
    }

    @Test
    void aFlippedByteInAPageOfADatasetNamesFileAndVersion() throws Exception {
        flip(file, Files.size(file) / 3);
        Failure failure = warehouse.failure(ROWS);
        assertThat(failure.message())
                .contains(file.toString())
                .contains("checksum does not match")
                .endsWith("; the file belongs to version main.public.victim@1.0.1");
        assertThat(failure.sqlState()).isEqualTo("XX001");
        othersAreReadable();
    }

    @Test
    void noFlippedByteAmongThePagesYieldsWrongRows() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        int footer = bytes.length
                - 8
                - Byte.toUnsignedInt(bytes[bytes.length - 8])
                - 256 * Byte.toUnsignedInt(bytes[bytes.length - 7]);
        Random random = new Random(SEED);
        int found = 0;
        for (int i = 0; i < FLIPS; i++) {
            int position = random.nextInt(footer);
            flip(file, position);
            Failure failure = Failure.of(() -> warehouse.rows(ROWS));
            if (failure == null) {
                assertThat(warehouse.rows(ROWS))
                        .as("byte %d flipped, seed %d", position, SEED)
                        .isEqualTo(rows);
            } else {
                assertThat(failure.message())
                        .as("byte %d flipped, seed %d", position, SEED)
                        .startsWith("Cannot read ")
                        .contains(file.toString())
                        .endsWith("; the file belongs to version main.public.victim@1.0.1");
                found++;
            }
            flip(file, position);
        }
        assertThat(found).as("flips that were found").isGreaterThan(FLIPS / 2);
        assertThat(warehouse.rows(ROWS)).isEqualTo(rows);
    }

    @Test
    void aMissingFileNamesFileAndVersion() throws Exception {
        Files.delete(file);
        Failure failure = warehouse.failure("SELECT count(DISTINCT label) FROM victim");
        assertThat(failure.message())
                .isEqualTo("Cannot open " + file + ": there is no such file or folder (" + file
                        + "); the file belongs to version main.public.victim@1.0.1");
        assertThat(failure.sqlState()).isEqualTo("58P01");
        othersAreReadable();
    }

    @Test
    void aTruncatedFileOfADatasetNamesFileAndVersion() throws Exception {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
        Failure failure = warehouse.failure(ROWS);
        // Whether the footer is missed first or a page depends on whether the footer was read before.
        assertThat(failure.message())
                .startsWith("Cannot read " + file + ": it ")
                .endsWith("; the file belongs to version main.public.victim@1.0.1");
        assertThat(failure.sqlState()).isEqualTo("XX001");
        othersAreReadable();
    }

    /** The version before, everything else, and the next deposit of the same dataset. */
    private void othersAreReadable() throws SQLException, IOException {
        assertThat(warehouse.audit().read("main.public.victim@1.0.0")).isEqualTo(new Round(1, 1).checksum());
        assertThat(warehouse.rows("SELECT count(*), sum(n) FROM numbers")).containsExactly("10000 | 49995000");
        Failure failure = warehouse.failure("CREATE DATASET wrong AS SELECT * FROM victim");
        assertThat(failure.message()).contains("main.public.victim@1.0.1");
        assertThat(warehouse.audit().versions().keySet())
                .containsExactly("main.public.numbers@1.0.0", "main.public.victim@1.0.0", "main.public.victim@1.0.1");
        assertThat(warehouse.deposit(new Round(1, 3).sql("victim"))).isEqualTo("main.public.victim@1.0.2");
        assertThat(warehouse.audit().read("main.public.victim@1.0.2")).isEqualTo(new Round(1, 3).checksum());
    }

    private static void flip(Path file, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) position] ^= 0x10;
        Files.write(file, bytes);
    }
}
