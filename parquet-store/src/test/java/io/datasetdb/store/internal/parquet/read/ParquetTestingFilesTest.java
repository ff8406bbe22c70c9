// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files that many other writers made, from apache/parquet-testing; they are not part of this repository. */
class ParquetTestingFilesTest {
    /** Files that parquet-java cannot read here, for want of a codec or memory, or that are broken on purpose. */
    private static final Set<String> NO_REFERENCE = Set.of(
            "large_string_map.brotli.parquet",
            "hadoop_lz4_compressed.parquet",
            "hadoop_lz4_compressed_larger.parquet",
            "non_hadoop_lz4_compressed.parquet",
            "datapage_v1-corrupt-checksum.parquet",
            "rle-dict-uncompressed-corrupt-checksum.parquet",
            "nation.dict-malformed.parquet");

    private final ReadOnlyStorage storage = new ReadOnlyStorage();

    private static Path folder(String name) {
        String given = System.getProperty("datasetdb.parquet-testing");
        List<Path> candidates = given != null
                ? List.of(Path.of(given))
                : List.of(Path.of("../../shared/data/parquet-testing"), Path.of("../shared/data/parquet-testing"));
        for (Path candidate : candidates) {
            if (Files.isDirectory(candidate.resolve(name))) {
                return candidate.resolve(name);
            }
        }
        String reason = "skipped: no folder parquet-testing/" + name
                + " (set -Ddatasetdb.parquet-testing=DIR to a checkout of apache/parquet-testing)";
        System.out.println(reason);
        Assumptions.abort(reason);
        throw new AssertionError();
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder(name))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    List<DynamicTest> readsWhatParquetJavaReads() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files("data")) {
            if (!NO_REFERENCE.contains(file.getFileName().toString())) {
                tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests;
    }

    private void compare(Path file) throws IOException {
        RowAssert.assertSameRows(file.toString(), ScanRows.read(storage, file.toString()), GroupRows.read(file));
        assertThat(storage.open).hasValue(0);
    }

    @TestFactory
    List<DynamicTest> saysWhatIsWrongWithBadFiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files("bad_data")) {
            tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                DatasetDbException error = failure(file);
                assertThat(error.code()).isEqualTo(StoreError.FILE_DAMAGED);
                assertThat(error).hasMessageStartingWith("Cannot read ").hasMessageContaining(file.toString());
            }));
        }
        return tests;
    }

    @Test
    void flippedBitsFailTheirChecksum() {
        for (String name : List.of("datapage_v1-corrupt-checksum", "rle-dict-uncompressed-corrupt-checksum")) {
            DatasetDbException error = failure(folder("data").resolve(name + ".parquet"));
            assertThat(error.code()).isEqualTo(StoreError.FILE_DAMAGED);
            assertThat(error).hasMessageContaining("row group 0").hasMessageContaining("checksum does not match");
        }
    }

    private DatasetDbException failure(Path file) {
        return catchThrowableOfType(DatasetDbException.class, () -> ScanRows.read(storage, file.toString()));
    }

    private List<List<@Nullable Object>> rows(String name) {
        return ScanRows.read(storage, folder("data").resolve(name).toString());
    }

    @Test
    void allFramingsOfLz4HoldTheSameRows() {
        List<List<@Nullable Object>> raw = rows("lz4_raw_compressed.parquet");
        RowAssert.assertSameRows("hadoop_lz4", rows("hadoop_lz4_compressed.parquet"), raw);
        RowAssert.assertSameRows("non_hadoop_lz4", rows("non_hadoop_lz4_compressed.parquet"), raw);
        RowAssert.assertSameRows(
                "hadoop_lz4_larger",
                rows("hadoop_lz4_compressed_larger.parquet"),
                rows("lz4_raw_compressed_larger.parquet"));
    }

    @Test
    void brotliPageBeyondMemoryIsRefused() {
        Assumptions.assumeTrue(
                Runtime.getRuntime().maxMemory() < 4L << 30, "skipped: the page fits into this much memory");
        assertThat(failure(folder("data").resolve("large_string_map.brotli.parquet")))
                .hasMessageContaining("arr.key_value.key")
                .hasMessageContaining("larger than a quarter of the memory");
    }

    @Test
    void dictionaryWhoseHeaderIsNotCountedInTheChunkIsRead() {
        List<List<@Nullable Object>> rows = rows("nation.dict-malformed.parquet");
        assertThat(rows).hasSize(25);
        assertThat(rows).extracting(row -> row.get(0)).startsWith(0, 1, 2).endsWith(24);
        assertThat((byte[]) rows.get(24).get(1))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("UNITED STATES");
    }

    @Test
    void datesFarBeyondTheRangeOfNanosecondsAreExact() {
        assertThat(rows("int96_from_spark.parquet"))
                .extracting(row -> row.get(0))
                .containsExactly(
                        LocalDateTime.parse("2024-01-01T20:34:56.123456"),
                        LocalDateTime.parse("2024-01-01T01:00:00"),
                        LocalDateTime.parse("9999-12-31T03:00:00"),
                        LocalDateTime.parse("2024-12-30T23:00:00"),
                        null,
                        LocalDateTime.parse("+290000-12-30T23:00:00"));
    }

    @Test
    void decimalsOfEveryStoredFormAreTheSame() {
        for (String name : List.of(
                "int32_decimal",
                "int64_decimal",
                "fixed_length_decimal",
                "fixed_length_decimal_legacy",
                "byte_array_decimal")) {
            List<List<@Nullable Object>> rows = rows(name + ".parquet");
            assertThat(rows).as(name).hasSize(24);
            for (int i = 0; i < 24; i++) {
                assertThat((BigDecimal) rows.get(i).get(0)).as(name).isEqualByComparingTo(BigDecimal.valueOf(i + 1L));
            }
        }
    }
}
