// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.Rows;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.VectorBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several real Parquet files as one table. */
class ParquetTableTest {
    @TempDir
    private Path folder;

    private DatasetStore store;

    @BeforeEach
    void open() {
        store = DatasetStore.open(folder.toString());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(String subFolder, String column, DataType type, Object... values) {
        try (DatasetWriter writer = store.writer(subFolder, Schema.of(Field.of(column, type)), WriteOptions.DEFAULT)) {
            writer.write(Batch.of(List.of(VectorBuilder.vector(type, values)), values.length));
            writer.finish();
        }
    }

    private BoundTable table(String location, Map<String, Object> options) {
        return Rows.bind(store, "read_parquet", folder + location, options);
    }

    private static String columns(BoundTable table) {
        return String.join(
                ", ", table.schema().fields().stream().map(Field::toString).toList());
    }

    private static int splits(BoundTable table, @Nullable Predicate predicate) {
        return table.scan(new ScanRequest(List.of(ColumnPath.of("a")), predicate))
                .splits()
                .size();
    }

    @Test
    void foldersOfHivesLayoutAreColumns() {
        write("h/year=2023/m=01/day=2024-01-31", "a", DataType.BIGINT, 1L, 2L);
        write("h/year=__HIVE_DEFAULT_PARTITION__/m=x%20y/day=2024-02-29", "a", DataType.BIGINT, 3L);
        for (String location : List.of("/h", "/h/**/*.parquet")) {
            BoundTable table = table(location, Map.of());
            assertThat(columns(table)).isEqualTo("a BIGINT, day DATE, m VARCHAR, year BIGINT");
            assertThat(table.rowCount()).isEqualTo(3);
            assertThat(Rows.all(table))
                    .hasToString("[[1, 2024-01-31, 01, 2023], [2, 2024-01-31, 01, 2023], [3, 2024-02-29, x y, null]]");
            assertThat(Rows.read(table, ColumnPath.of("year"), ColumnPath.of("a"), ColumnPath.of("year")))
                    .hasToString("[[2023, 1, 2023], [2023, 2, 2023], [null, 3, null]]");
            assertThat(Rows.read(table, ColumnPath.of("m"))).hasToString("[[01], [01], [x y]]");
            assertThat(Rows.read(table)).hasSize(3);
        }
        assertThat(columns(table("/h", Map.of("hive_partitioning", false)))).isEqualTo("a BIGINT");
    }

    @Test
    void foldersOfDifferentKeysAreNoColumns() {
        write("h/year=2023", "a", DataType.BIGINT, 1L);
        write("h/month=1", "a", DataType.BIGINT, 2L);
        assertThat(columns(table("/h", Map.of()))).isEqualTo("a BIGINT");
    }

    @Test
    void folderTakesThePlaceOfTheFilesOwnColumn() {
        write("h/A=7", "a", DataType.VARCHAR, "x");
        BoundTable table = table("/h", Map.of());
        assertThat(columns(table)).isEqualTo("a BIGINT");
        assertThat(Rows.all(table)).hasToString("[[7]]");
    }

    @Test
    void predicatesOnFoldersLeaveOutFilesAndNeverMore() {
        write("h/k=1", "a", DataType.BIGINT, 1L);
        write("h/k=2", "a", DataType.BIGINT, 2L);
        write("h/k=__HIVE_DEFAULT_PARTITION__", "a", DataType.BIGINT, 3L);
        BoundTable table = table("/h", Map.of());
        ColumnPath k = ColumnPath.of("K");
        Predicate one = new Predicate.Comparison(k, Predicate.Operator.EQUAL, 1L);
        Predicate large = new Predicate.Comparison(ColumnPath.of("a"), Predicate.Operator.GREATER, 1L);
        assertThat(splits(table, null)).isEqualTo(3);
        assertThat(splits(table, one)).isEqualTo(1);
        assertThat(splits(table, large)).isEqualTo(2);
        assertThat(splits(table, new Predicate.Or(List.of(one, large)))).isEqualTo(3);
        assertThat(splits(table, new Predicate.And(List.of(one, large)))).isZero();
        assertThat(splits(table, new Predicate.IsNull(k))).isEqualTo(1);
        assertThat(splits(table, new Predicate.IsNotNull(k))).isEqualTo(2);
        assertThat(splits(table, new Predicate.In(k, List.of(2L, 5L)))).isEqualTo(1);
        assertThat(splits(table, new Predicate.Comparison(k, Predicate.Operator.NOT_EQUAL, 1L)))
                .isEqualTo(1);
        assertThat(splits(table, new Predicate.Comparison(k, Predicate.Operator.LESS, new BigDecimal(1))))
                .as("of another class")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER|BIGINT|BIGINT",
                "BIGINT|SMALLINT|BIGINT",
                "INTEGER|DOUBLE|DOUBLE",
                "DECIMAL(10, 2)|DECIMAL(12, 1)|DECIMAL(13, 2)",
                "DECIMAL(4, 2)|INTEGER|DECIMAL(12, 2)",
                "BIGINT|DOUBLE|",
                "DECIMAL(38, 0)|DECIMAL(38, 10)|",
                "VARCHAR|BIGINT|",
                "DATE|TIMESTAMP|"
            })
    void columnsOfSeveralFilesWidenToACommonType(String left, String right, @Nullable String common) {
        write("t/1", "a", type(left));
        write("t/2", "a", type(right));
        if (common == null) {
            assertThatThrownBy(() -> table("/t", Map.of()))
                    .isInstanceOfSatisfying(
                            DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.SCHEMA_MISMATCH))
                    .hasMessageContaining(right)
                    .hasMessageContaining(left);
        } else {
            BoundTable table = table("/t", Map.of());
            assertThat(columns(table)).isEqualTo("a " + common);
            assertThat(Rows.all(table)).isEmpty();
        }
    }

    private static DataType type(String sql) {
        return io.datasetdb.udf.internal.text.TypeText.parse(sql, Map.of());
    }

    @Test
    void valuesOfEveryFileAreThereInTheCommonType() {
        write("t/1", "a", DataType.INTEGER, 1, null);
        write("t/2", "a", DataType.BIGINT, 5_000_000_000L);
        write("t/3", "a", DataType.decimal(5, 2), new BigDecimal("1.25"));
        assertThat(Rows.all(table("/t", Map.of()))).hasToString("[[1.00], [null], [5000000000.00], [1.25]]");
    }

    @Test
    void notesOfWritersInAFolderAreNoData() throws IOException {
        write("t/1", "a", DataType.BIGINT, 1L);
        write("t/_temporary", "a", DataType.VARCHAR, "unfinished");
        write("t/_k=1", "a", DataType.BIGINT, 2L);
        Files.createFile(folder.resolve("t/_SUCCESS"));
        Files.createFile(folder.resolve("t/1/.part.crc"));
        assertThat(Rows.read(table("/t", Map.of()), ColumnPath.of("a"))).hasToString("[[1], [2]]");
        assertThat(Rows.all(table("/t/_temporary", Map.of()))).hasToString("[[unfinished]]");
        Files.createDirectories(folder.resolve("u"));
        Files.createFile(folder.resolve("u/_SUCCESS"));
        assertThatThrownBy(() -> table("/u", Map.of()))
                .hasMessage("Cannot list '" + folder + "/u': no file below it holds data");
    }

    @Test
    void scansOfOneTableShareNothing() {
        write("h/k=1", "a", DataType.BIGINT, 1L);
        BoundTable table = table("/h", Map.of());
        Scan scan = table.scan(ScanRequest.of(List.of(ColumnPath.of("k"))));
        assertThat(scan.schema()).isEqualTo(Schema.of(Field.of("k", DataType.BIGINT)));
        assertThat(scan.splits()).isSameAs(scan.splits()).hasSize(1);
        assertThat(scan.splits().get(0).rowCount()).isEqualTo(1);
    }
}
